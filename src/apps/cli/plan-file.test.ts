import { describe, expect, test } from 'vitest';
import { isError } from '../../core/base/index.ts';
import type { RepairPlan } from '../../core/model/index.ts';
import { readPlan } from './plan-file.ts';
import { serialize } from './render/serialize.ts';
import * as shop from './testing/shop.ts';
import { runIn } from './testing/world.ts';

async function read(text: string): Promise<RepairPlan> {
  return await readPlan(
    { readFile: () => Promise.resolve(text), readStdin: () => Promise.resolve(text) },
    'p.yaml',
  );
}

async function refusal(text: string): Promise<readonly [problem: unknown, where: string | undefined]> {
  const error: unknown = await read(text).catch((thrown: unknown) => thrown);
  if (!isError(error, 'PM_PLAN_INVALID')) throw new Error('not refused', { cause: error });
  return [error.params.problem, error.where];
}

const plan = shop.makePlan([shop.patchWeb, shop.patchCleanup, shop.recreateReport]);

describe('a plan comes back as it was written', () => {
  test.each(['yaml', 'json'] as const)('%s', async (format) => {
    expect(await read(await serialize(plan, format))).toEqual(plan);
  });

  test('from standard input, and is handed to the mender', async () => {
    const { calls, code } = await runIn(
      { stdin: await serialize(plan, 'yaml'), plan },
      'apply',
      '-',
      '--dry-run',
    );
    expect(calls[0]).toMatchObject({ name: 'apply', options: { plan, dryRun: true } });
    expect(code).toBe(0);
  });

  test('from a file; what it does is shown before it is asked for', async () => {
    const files = { 'p.yaml': await serialize(shop.plan, 'yaml') };
    const { out, code } = await runIn({ files }, 'apply', 'p.yaml', '--yes');
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 9)).toEqual([
      'cluster shop-prod · v1.28.9',
      '',
      'docker.io/library/busybox:latest',
      '   → harbor.corp/proxy/library/busybox:latest',
      '',
      '  Deployment shop/web   image',
      '  CronJob shop/cleanup  image (the next helm upgrade of shop/web will overwrite',
      '                        it)',
      '',
    ]);
    expect(out).toContain('4 of 4 pods start · 0 s · undo: pullmend undo r-7f3a21\n');
  });

  test('of before, which has a manager as a text', async () => {
    const next = 'the next helm upgrade of shop/web';
    const steps = shop.plan.spec.steps.map((step) =>
      step.overwrittenBy === undefined ? step : { ...step, overwrittenBy: next },
    );
    const old = { ...shop.plan, spec: { ...shop.plan.spec, steps } };
    const { out, code } = await runIn(
      { files: { 'p.yaml': await serialize(old, 'yaml') } },
      'apply',
      'p.yaml',
      '--yes',
    );
    expect([code, out.replaceAll(/\s+/g, ' ').includes(`${next} will overwrite it`)]).toEqual([0, true]);
    const files = { 'p.yaml': await serialize(shop.plan, 'yaml') };
    const today = await runIn({ files }, 'apply', 'p.yaml', '--yes', '--lang', 'zh');
    expect(today.out.replaceAll(/\s+/g, '')).toContain('之后会被shop/web的下一次helmupgrade覆盖');
  });
});

describe('anything else is refused with its place', () => {
  test('broken YAML', async () => {
    const [, where] = await refusal('kind: RepairPlan\nspec: [');
    expect(where).toMatch(/^p\.yaml:2:\d+$/);
  });

  test('another kind', async () => {
    expect(await refusal('kind: Pod')).toEqual([expect.stringMatching(/^apiVersion: /), 'p.yaml']);
  });

  test('a step that is not one', async () => {
    const text = (await serialize(plan, 'yaml')).replace('kind: recreate', 'kind: explode');
    expect((await refusal(text))[0]).toMatch(/^spec\.steps\.2\.kind: /);
  });

  test('a field path that is no JSON pointer', async () => {
    const text = (await serialize(plan, 'yaml')).replace('path: /spec/template', 'path: spec/template');
    expect((await refusal(text))[0]).toMatch(/^spec\.steps\.0\.changes\.0\.path: /);
  });

  test('a file that cannot be read', async () => {
    const { code, err } = await runIn({}, 'apply', 'nowhere.yaml');
    expect(code).toBe(2);
    expect(err).toContain('PM_FILE_UNREADABLE');
  });
});
