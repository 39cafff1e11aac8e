import { describe, expect, test } from 'vitest';
import type { RepairPlan, Step } from '../../../../core/model/index.ts';
import * as shop from '../../testing/shop.ts';
import { makePage } from '../page.ts';
import { loadMessages } from '../../words/index.ts';
import { changeRequestText } from './index.ts';

await loadMessages('zh');

const page = (lang: 'en' | 'zh' = 'en') =>
  makePage({ lang, width: 80, colours: true, program: 'pullmend', now: shop.now });

function request(
  format: 'markdown' | 'html',
  plan: RepairPlan = shop.plan,
  lang: 'en' | 'zh' = 'en',
): string {
  const problems = [shop.busybox, shop.reportImage];
  return changeRequestText({ plan, problems, version: '1.2.3' }, format, page(lang));
}

function withSteps(more: (steps: readonly Step[]) => readonly Step[]): RepairPlan {
  return { ...shop.plan, spec: { ...shop.plan.spec, steps: more(shop.plan.spec.steps) } };
}

describe.each(['markdown', 'html'] as const)('a plan as %s', (format) => {
  test('says what, how dangerous, in which order, how it is checked and taken back, and what is left', () => {
    const text = request(format);
    const heads = [
      'Summary',
      'Risk',
      'Changes, in this order',
      'How it is checked',
      'take back',
      'Left alone',
    ];
    const places = heads.map((head) => text.indexOf(head));
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain(`pullmend undo ${shop.plan.metadata.name}`);
    expect(text).toContain('1. Deployment shop/web');
    expect(text).toMatch(/- busybox\n\s*\+ harbor\.corp\/proxy/);
    expect(text).not.toContain('\u001B');
  });

  test('in Chinese no English sentence is left', () => {
    expect(request(format, shop.plan, 'zh')).toMatch(
      /概要[^]*风险[^]*改动（按此顺序）[^]*如何验证[^]*未处理/,
    );
  });

  test('tells each loss, and pods that are made anew', () => {
    const plan = withSteps(([first, ...rest]) =>
      first === undefined
        ? []
        : [
            { ...first, replaces: 3 },
            { ...first, id: 's9', loss: { what: 'running-containers', pods: 1, names: ['web-0 (c)'] } },
            ...rest,
          ],
    );
    const text = request(format, plan);
    expect(text).toContain('replaces 3 pods running now');
    expect(text).toMatch(/stops containers that run now: web-0 \(c\)/);
    expect(text).not.toContain('Nothing is lost for good');
    expect(request(format)).toContain('Nothing is lost for good');
  });

  test('foreign names stay text', () => {
    const hostile = `<img src=x onerror=alert(1)>|\`**\u202E`;
    const plan: RepairPlan = {
      ...shop.plan,
      spec: {
        ...shop.plan.spec,
        replacements: shop.plan.spec.replacements.map((one) => ({ ...one, with: hostile })),
      },
    };
    const text = request(format, plan);
    expect(text).not.toContain('\u202E');
    if (format === 'html') expect(text).not.toMatch(/<img/);
  });

  test('a plan without steps says so and names what is left', () => {
    const text = request(
      format,
      withSteps(() => []),
    );
    expect(text).toContain('Nothing can be changed from here');
    expect(text).toContain('Left alone');
    expect(text).not.toContain('Risk');
  });
});
