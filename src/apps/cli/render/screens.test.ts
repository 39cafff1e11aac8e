import { describe, expect, test } from 'vitest';
import { pullProblem, type Step, type Unmended, type Verdict } from '../../../core/model/index.ts';
import { failureClassInfo } from '../../../core/knowledge/failures/index.ts';
import * as shop from '../testing/shop.ts';
import { runIn } from '../testing/world.ts';
import { planDiff } from './files/diff.ts';
import { makePage, type Page } from './page.ts';
import { problemBlocks } from './diagnosis/problems.ts';
import { verdictLines } from './repair/step-line.ts';
import { undoScreen } from './repair/undo.ts';
import { unmendedRows } from './repair/unmended.ts';
import { textWidth } from './wrap.ts';
import { loadMessages } from '../words/index.ts';

await loadMessages('zh');

const page = makePage({ lang: 'en', width: 80, colours: false, program: 'pullmend', now: shop.now });
const chinese = makePage({ ...page, lang: 'zh', colours: false });
const { meaning } = failureClassInfo['connect-timeout'].text.en;

function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

describe('fix', () => {
  test('the whole screen at 80 columns', async () => {
    const { out } = await runIn({}, 'fix', '-A', '--yes');
    const lines = out.split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'cluster shop-prod · v1.28.9 · 3 nodes · all namespaces · mirrors company-proxy',
      '',
      '3 images keep 8 pods from starting                                         4.1 s',
      '',
      '1  docker.io/library/busybox:latest                            5 pods · 2 owners',
    ]);
    expect(words(out)).toContain(
      `why connect-timeout: ${meaning} · registry-1.docker.io · on all 3 nodes · for 2 h have`,
    );
    expect(out).toContain(
      [
        '   have  harbor.corp/proxy/library/busybox:latest',
        '         same digest 3fbc63216742 · amd64 arm64',
        '   fix   Deployment shop/web   image',
        '         CronJob shop/cleanup  image (the next helm upgrade of shop/web will',
        '                               overwrite it)',
        '',
        '2  quay.io/acme/report:v2.1                                      1 pod · 1 owner',
      ].join('\n'),
    );
    expect(out).toContain(
      [
        '   login the pods name no pull secret; quay.io was asked without a login',
        '   have  –  company-proxy: does not have it',
        '   you   a pull secret for exactly this host, in the same namespace; renew an',
      ].join('\n'),
    );
    expect(
      lines.slice(lines.indexOf('plan: 2 changes in 1 namespace, nothing destructive · 5 pods should start')),
    ).toEqual([
      'plan: 2 changes in 1 namespace, nothing destructive · 5 pods should start',
      '',
      '  · Deployment shop/web                   image             written',
      '  ✔ Deployment shop/web                   image             12 s',
      '  · CronJob shop/cleanup                  image             written',
      '  ✔ CronJob shop/cleanup                  image             12 s',
      '',
      '4 of 4 pods start · 0 s · undo: pullmend undo r-7f3a21',
      '3 pods still need you (see 2, 3)',
      '',
    ]);
  });

  test('in Chinese', async () => {
    const { out } = await runIn({ env: { LC_ALL: 'zh_CN.UTF-8' } }, 'fix', '-A', '--yes');
    expect(out).toContain('集群 shop-prod · v1.28.9 · 3 个节点 · 所有命名空间 · 镜像站 company-proxy\n');
    expect(out).toContain(
      '3 个镜像拉取失败，8 个 Pod 无法启动                                       4.1 秒\n',
    );
    expect(out).toContain('   副本  –  company-proxy：没有这个镜像\n');
    expect(out).toContain('方案：2 处改动，涉及 1 个命名空间，无破坏性操作 · 预计 5 个 Pod 可以启动\n');
    expect(out).toContain('4 个 Pod 中 4 个已启动 · 0 秒 · 撤销：pullmend undo r-7f3a21\n');
    expect(out).toContain('还有 3 个 Pod 需要你处理（见 2、3）\n');
  });

  test.each(['en', 'zh'])('only commands are wider than 80 columns (%s)', async (lang) => {
    const { out } = await runIn({}, 'fix', '--yes', '--lang', lang);
    const wide = out.split('\n').filter((line) => textWidth(line) > 80);
    for (const line of wide) expect(line).toMatch(/^ {9}(kubectl|pullmend) /);
  });

  test('--quiet leaves the last two lines', async () => {
    const { out } = await runIn({}, 'fix', '--yes', '--quiet');
    expect(out).toBe(
      '4 of 4 pods start · 0 s · undo: pullmend undo r-7f3a21\n3 pods still need you (see 2, 3)\n',
    );
  });

  test('a step that was not proved says why, and that it was taken back', async () => {
    const { out } = await runIn({ results: { s2: 'failing' } }, 'fix', '--yes');
    expect(out).toContain(
      [
        '  ✘ CronJob shop/cleanup                  image             12 s',
        '      not proved in time: CrashLoopBackOff',
        '  ↩ CronJob shop/cleanup                  image             taken back',
        '',
        '2 of 4 pods start · 0 s · undo: pullmend undo r-7f3a21',
        '5 pods still need you (see 1, 2, 3)',
      ].join('\n'),
    );
  });

  test('colours only where they are wanted', async () => {
    const colour = '\u001b[';
    expect((await runIn({}, 'fix', '--yes')).out).not.toContain(colour);
    expect((await runIn({ env: { FORCE_COLOR: '1' } }, 'fix', '--yes')).out).toContain(colour);
    expect((await runIn({ env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, 'fix', '--yes')).out).not.toContain(
      colour,
    );
    expect((await runIn({ env: { FORCE_COLOR: '1' } }, 'fix', '--yes', '--no-color')).out).not.toContain(
      colour,
    );
  });
});

describe('foreign text', () => {
  test('cannot reach the terminal as it is', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J';
    const { spec, status } = shop.busybox;
    const problems = [
      pullProblem(
        'x',
        { ...spec, image: `docker.io/a${evil}` },
        { ...status, diagnosis: { ...status.diagnosis, evidence: evil } },
      ),
    ];
    for (const argv of [['diagnose'], ['fix', '--yes'], ['plan']]) {
      const { out, err } = await runIn({ problems }, ...argv);
      expect(out + err).not.toMatch(/[\u001b\u0007]/);
      expect(out).toContain('docker.io/a\\u001b]0;owned');
    }
  });
});

describe('what is left to a person', () => {
  const reasons = Object.keys(page.m.unmended) as Unmended['reason'][];

  test.each(reasons)('%s: says why, and ends with a command', (reason) => {
    for (const where of [page, chinese]) {
      const one: Unmended = {
        image: shop.busybox.spec.image,
        object: shop.web,
        usages: shop.busybox.spec.usages,
        pods: 1,
        class: 'connect-timeout',
        reason,
        detail: 'DETAIL',
      };
      const lines = unmendedRows(shop.busybox, [one], where);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines[0]).toMatch(/^ {3}(you {3}|请你 {2})\S/);
      expect(lines.at(-1)).toMatch(/^ {9}(kubectl|pullmend|curl|ctr) /);
    }
  });

  test('many objects with the same reason are one advice', () => {
    const left = Array.from({ length: 5 }, (_, index): Unmended => {
      const object = shop.object('Deployment', `web-${index}`);
      return { image: 'a', object, usages: [], pods: 1, class: 'dns', reason: 'paused' };
    });
    expect(unmendedRows(shop.busybox, left, page)).toEqual([
      '   you   Deployment shop/web-0 (+4) is paused, so a change would not roll out;',
      '         resume it, then run fix again:',
      '         kubectl rollout resume deployment/web-0 -n shop',
      '         kubectl rollout resume deployment/web-1 -n shop',
      '         kubectl rollout resume deployment/web-2 -n shop',
      '         … and 2 more',
    ]);
  });
});

describe('why a step is not proved', () => {
  const verdict = { step: 's1', object: shop.web, proved: 0, expected: 1, seconds: 2 } as const;
  const overwritten = { reason: 'overwritten', detail: '/spec/x', by: 'argocd' } as const;

  test.each<[string, Partial<Verdict>, string, string]>([
    ['gone', { reason: 'gone' }, 'the object is gone', '对象已不存在'],
    ['overwritten', overwritten, '/spec/x was written by argocd', '/spec/x 被 argocd 改写'],
    ['by nobody known', { reason: 'overwritten', detail: '/x' }, 'by somebody', '被 其他人 改写'],
    ['the words of the kubelet', { detail: 'HTTP 500' }, 'HTTP 500', 'HTTP 500'],
  ])('%s', (_, more, english, zh) => {
    const lines = (where: Page): string =>
      verdictLines(shop.patchWeb, { ...verdict, result: 'reverted', ...more }, where).join('\n');
    expect(lines(page)).toContain(english);
    expect(lines(chinese)).toContain(zh);
  });
});

test('an unknown cause shows the raw text', () => {
  const { spec, status } = shop.busybox;
  const evidence = 'failed to frobnicate the layer';
  const unknown = pullProblem('x', spec, {
    ...status,
    diagnosis: { ...status.diagnosis, class: 'unknown', evidence },
  });
  expect(problemBlocks([unknown], { plan: shop.plan }, page).join('\n')).toContain(`   says  ${evidence}`);
});

test('diff: every field before and after', () => {
  const plan = shop.makePlan([
    shop.patchWeb,
    shop.recreateReport,
    { ...shop.patchWeb, kind: 'replace-pods', pods: [shop.object('Pod', 'db-0')] },
    {
      ...shop.patchWeb,
      kind: 'pull-secret',
      mirror: 'm',
      host: 'harbor.corp',
      source: { from: 'docker-config' },
    },
  ]);
  expect(planDiff(plan, page)).toEqual([
    'Deployment shop/web',
    '  /spec/template/spec/containers/0/image',
    '  - busybox',
    '  + harbor.corp/proxy/library/busybox:latest',
    '',
    'Job shop/report',
    '  /spec/image',
    '  - busybox',
    '  + harbor.corp/proxy/library/busybox:latest',
    '',
    'Deployment shop/web',
    '- delete Pod shop/db-0',
    '',
    'Deployment shop/web',
    '+ Secret in shop with the credentials of harbor.corp (not shown)',
    '',
  ]);
});

describe('files', () => {
  const file = 'install/app.yaml';
  const object = { apiVersion: 'v1', kind: 'File', name: file };
  const edit = { file, column: 16, offset: 0, length: 7, after: 'harbor.corp/proxy/library/busybox:latest' };
  const step: Step = {
    kind: 'edit-file',
    id: 's1',
    object,
    needs: [],
    expect: [],
    file,
    sha256: '0',
    edits: [
      { ...edit, line: 15, before: 'busybox' },
      { ...edit, line: 3, before: 'busybox:latest' },
      { ...edit, line: 20, before: 'another:1' },
    ],
  };

  test('a problem names the lines that are about it', () => {
    const lines = problemBlocks([shop.busybox], { plan: shop.makePlan([step]) }, page);
    expect(lines.at(-1)).toBe('   fix   install/app.yaml  lines 3, 15');
  });

  test('diff and undo name the file once', () => {
    expect(planDiff(shop.makePlan([step]), page).slice(0, 2)).toEqual([file, '  install/app.yaml:15:16']);
    const restored = { step: 's1', object, outcome: 'restored' } as const;
    const outcomes = [restored, restored, { ...restored, outcome: 'changed-since', path: '/3:16' } as const];
    expect(undoScreen(outcomes, page)).toEqual([
      '  ✔  install/app.yaml  put back (2 places)',
      '  !  install/app.yaml  changed by somebody since; left alone /3:16',
    ]);
  });
});
