import { describe, expect, test } from 'vitest';
import { PullmendError } from '../../core/base/index.ts';
import type { Step } from '../../core/model/index.ts';
import * as shop from './testing/shop.ts';
import { runIn } from './testing/world.ts';

const oneProblem = {
  problems: [shop.busybox],
  plan: { ...shop.plan, spec: { ...shop.plan.spec, unmended: [] } },
};
const nothingToDo = { plan: shop.makePlan([]) };
const broken = new PullmendError('PM_FORBIDDEN', {
  verb: 'patch',
  resource: 'deployments.apps',
  namespace: 'shop',
});

describe('exit codes', () => {
  test.each([
    ['diagnose, nothing fails', { problems: [] }, ['diagnose'], 0],
    ['diagnose, something fails', {}, ['diagnose'], 3],
    ['plan for everything', oneProblem, ['plan'], 0],
    ['plan that leaves something', {}, ['plan'], 3],
    ['plan without steps', nothingToDo, ['plan'], 1],
    ['fix, nothing fails', { problems: [], ...nothingToDo }, ['fix', '--yes'], 0],
    ['fix, everything proved', oneProblem, ['fix', '--yes'], 0],
    ['fix, something left', {}, ['fix', '--yes'], 3],
    ['fix, no copy of anything', nothingToDo, ['fix', '--yes'], 1],
    [
      'fix, all rolled back',
      { ...oneProblem, results: { s1: 'failing', s2: 'failing' } },
      ['fix', '--yes'],
      5,
    ],
    ['fix, one rolled back', { ...oneProblem, results: { s2: 'failing' } }, ['fix', '--yes'], 3],
    ['fix, every write refused', { ...oneProblem, results: { s1: broken, s2: broken } }, ['fix', '--yes'], 1],
    ['fix, no', { ...oneProblem, answers: ['n'] }, ['fix'], 1],
    ['fix, end of input', { ...oneProblem, answers: [] }, ['fix'], 1],
    ['fix, nobody to ask', oneProblem, ['fix'], 2],
    ['fix without mirrors', { mirrors: shop.noMirrors, ...nothingToDo }, ['fix', '--yes'], 2],
    ['dry run that would mend all', oneProblem, ['fix', '--dry-run'], 0],
    ['dry run that is refused', { ...oneProblem, results: { s1: broken } }, ['fix', '--dry-run'], 3],
    ['undo', {}, ['undo', '--yes'], 0],
    ['undo, no', { answers: ['n'] }, ['undo'], 1],
    ['undo --list', {}, ['undo', '--list'], 0],
    ['find', {}, ['find', 'busybox'], 0],
    ['find, nowhere', {}, ['find', 'nowhere'], 1],
    ['mirrors list', {}, ['mirrors', 'list'], 0],
    ['mirrors check, one fails', {}, ['mirrors', 'check'], 3],
    ['version', {}, ['version'], 0],
    ['--version', {}, ['--version'], 0],
    ['no arguments', {}, [], 0],
    ['help', {}, ['help', 'fix'], 0],
  ] as const)('%s → %s', async (_, world, argv, code) => {
    expect((await runIn(world, ...argv)).code).toBe(code);
  });

  test('an error of the mender ends with its own code, and its text goes to stderr', async () => {
    const createMender = () =>
      Promise.reject(new PullmendError('PM_UNAUTHORIZED', { server: 'https://s', context: 'c' }));
    const { code, out, err } = await runIn({ createMender }, 'diagnose');
    expect([code, out]).toEqual([4, '']);
    expect(err).toContain('PM_UNAUTHORIZED  the API server https://s does not accept');
    expect(err).not.toContain('    at ');
  });

  test('undo that had to leave a field alone', async () => {
    const outcomes = [
      { step: 's1', object: shop.web, path: '/spec/x', outcome: 'changed-since', detail: 'now "v2"' },
      { step: 's2', object: shop.cleanup, outcome: 'restored' },
    ] as const;
    const { code, out } = await runIn({ outcomes }, 'undo', '--yes');
    expect(code).toBe(3);
    expect(out).toContain('!  Deployment shop/web   changed by somebody since; left alone /spec/x: now');
    expect(out).toContain('1 place put back · run r-7f3a21\n1 left alone (see above)\n');
  });
});

describe('consent', () => {
  test('without a terminal and without --yes nothing is applied', async () => {
    const { err, calls, out } = await runIn(oneProblem, 'fix', '-n', 'shop');
    expect(err).toContain('PM_NEEDS_YES');
    expect(err).toContain('pullmend fix -n shop --yes');
    expect(out).not.toContain('✔');
    expect(calls.map((call) => call.name)).toEqual(['fix', 'close']);
  });

  test('JSON on a terminal does not ask', async () => {
    const { code, out, err } = await runIn(
      { ...oneProblem, answers: ['y'], terminal: true },
      'fix',
      '-o',
      'json',
    );
    expect([code, out]).toEqual([2, '']);
    expect(JSON.parse(err)).toMatchObject({ kind: 'Error', code: 'PM_NEEDS_YES', exitCode: 2 });
  });

  test('diff and plan file are answers too, other letters are not', async () => {
    const world = { ...oneProblem, answers: ['d', 'x', '', 'p', 'p', 'Y'], terminal: true };
    const { code, out, files, asked } = await runIn(world, 'fix', '--no-color');
    expect(code).toBe(0);
    expect(asked).toHaveLength(6);
    expect(out).toContain('  - busybox\n  + harbor.corp/proxy/library/busybox:latest\n');
    expect(out).toContain('please answer with one of the letters');
    expect(out).toContain('plan written to pullmend-r-7f3a21.yaml');
    expect(out).toContain('cannot be written: the file exists');
    expect(files['pullmend-r-7f3a21.yaml']).toContain('kind: RepairPlan');
  });

  const lossy = { ...oneProblem, plan: { ...shop.makePlan([shop.patchWeb, shop.recreateReport]) } };

  test('--yes does not answer for a step that loses something', async () => {
    const { out, code } = await runIn(lossy, 'fix', '--yes');
    expect(out).toContain('left out: Job shop/report (say yes with --accept-loss Job/shop/report)');
    expect(out).not.toContain('✔ Job shop/report');
    expect(code).toBe(3);
  });

  test('--accept-loss does, by name, and only for that one', async () => {
    const { out } = await runIn(lossy, 'fix', '--yes', '--accept-loss', 'job/shop/report');
    expect(out).toContain('✔ Job shop/report');
    const other = await runIn(lossy, 'fix', '--yes', '--accept-loss', 'Job/shop/other');
    expect(other.out).toContain('left out: Job shop/report');
  });

  test('a person is asked by name, also with --yes', async () => {
    const { asked, out } = await runIn({ ...lossy, answers: ['y'], terminal: true }, 'fix', '--yes');
    expect(asked).toEqual([
      'Job shop/report: loses 1 pod of work that is done, with the logs, for good. Go on? [y]es [n]o  ',
    ]);
    expect(out).toContain('Job shop/report');
  });

  test('whoever sees no plan sees at least its reach', async () => {
    const { err } = await runIn({ ...oneProblem, answers: ['n'] }, 'fix');
    expect(err).toContain('plan: 2 changes in 1 namespace, nothing destructive · 5 pods should start');
  });
});

describe('interrupted', () => {
  test('before anything changed', async () => {
    const interrupt = new AbortController();
    const createMender = () => {
      interrupt.abort();
      return Promise.reject(interrupt.signal.reason);
    };
    const { code, err } = await runIn({ interrupt, createMender }, 'fix', '-A');
    expect(code).toBe(130);
    expect(err).toContain('PM_INTERRUPTED  interrupted; nothing was changed');
    expect(err).toContain('  do      pullmend fix -A\n');
  });

  test('in the middle: what was done, and how to take it back', async () => {
    const interrupt = new AbortController();
    const beforeStep = ({ id }: Step): void => {
      if (id === 's2') interrupt.abort();
    };
    const { code, err } = await runIn({ ...oneProblem, interrupt, beforeStep }, 'fix', '--yes');
    expect(code).toBe(130);
    expect(err).toContain('interrupted; 1 change of the plan made and left in place');
    expect(err).toContain('  do      pullmend undo r-7f3a21\n');
  });
});

describe('no mirrors', () => {
  test('a configuration to paste, and where it goes', async () => {
    const { err } = await runIn({ mirrors: shop.noMirrors, ...nothingToDo }, 'fix', '--yes');
    expect(err).toContain('PM_NO_MIRRORS');
    expect(err).toContain(
      [
        'put this into /home/ann/.config/pullmend/config.yaml and fill in your registry:',
        '',
        'apiVersion: pullmend.dev/v1alpha1',
        'kind: MirrorSet',
        'mirrors:',
        '  - name: company-proxy',
        '    scheme: harbor-proxy',
        '    at: harbor.example.com/proxy',
        '',
        'then: pullmend mirrors check',
      ].join('\n'),
    );
  });
});

describe('errors', () => {
  test('an unexpected error is one clear text; its stack only with --debug, without secrets', async () => {
    const createMender = () => Promise.reject(new Error('boom at https://ann:hunter2@harbor.corp/v2/'));
    const plain = await runIn({ createMender }, 'diagnose');
    expect(plain.code).toBe(1);
    expect(plain.err).toContain('PM_INTERNAL  pullmend met a case it does not know: boom');
    expect(plain.err).not.toMatch(/hunter2|\n\s+at /);
    const debug = await runIn({ createMender }, 'diagnose', '--debug');
    expect(debug.err).toMatch(/\n\s+at /);
    expect(debug.err).not.toContain('hunter2');
  });

  test('find without any mirror ends with how to name one, and --quiet leaves that out', async () => {
    const { code, out } = await runIn({ mirrors: shop.noMirrors }, 'find', 'nowhere');
    expect(code).toBe(1);
    expect(out).toMatch(
      /no usable copy\n\nput this into [^]*kind: MirrorSet[^]*then: pullmend mirrors check\n$/,
    );
    const quiet = await runIn({ mirrors: shop.noMirrors }, 'find', 'nowhere', '--quiet');
    expect(quiet.out).toBe('no usable copy\n');
  });

  test('in Chinese', async () => {
    const { err } = await runIn({ env: { LANG: 'zh_CN.UTF-8' } }, 'fix', '--allnamespaces');
    expect(err).toBe(
      'PM_USAGE  未知选项 --allnamespaces；是不是想写 --all-namespaces?\n  处理    pullmend fix --help\n',
    );
  });
});
