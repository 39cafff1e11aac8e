import { expect, test } from 'vitest';
import { runIn } from '../testing/world.ts';
import { kubectlForms } from './argv.ts';

test.each<[readonly string[], readonly string[]]>([
  [
    ['diagnose', '-o=json'],
    ['diagnose', '-o', 'json'],
  ],
  [
    ['fix', '-n=shop', '-A=true', '--yes=false'],
    ['fix', '-n', 'shop', '-A'],
  ],
  [
    ['fix', '--dry-run', 'deployment/web'],
    ['fix', '--dry-run=server', 'deployment/web'],
  ],
  [
    ['fix', '--dry-run=client'],
    ['fix', '--dry-run=client'],
  ],
  [
    ['explain', '--', '-o=json'],
    ['explain', '--', '-o=json'],
  ],
  [
    ['fix', '-l', 'app=web', '--selector=app=web'],
    ['fix', '-l', 'app=web', '--selector=app=web'],
  ],
])('%j', (typed, understood) => {
  expect(kubectlForms(typed)).toEqual(understood);
});

test('--dry-run=client makes the plan and asks nobody whether it can be carried out', async () => {
  const { calls, out } = await runIn({}, 'fix', '-A', '--dry-run=client');
  expect(calls.map(({ name }) => name)).not.toContain('fix');
  expect(out).toContain('only the plan was made; nothing was changed');
});

test('--dry-run alone does not take the object behind it for its mode', async () => {
  const { calls } = await runIn({}, 'fix', '--dry-run', 'deployment/web');
  expect(calls[0]).toMatchObject({ target: { names: ['deployment/web'] }, options: { dryRun: true } });
});

test('a mode that does not exist is refused', async () => {
  expect(await runIn({}, 'fix', '--dry-run=sever')).toMatchObject({ code: 2 });
});

test('who acts, and how long a request may take', async () => {
  const seen: unknown[] = [];
  const createMender = (options: object): Promise<never> => {
    seen.push(options);
    return Promise.reject(new Error('seen'));
  };
  const argv = ['--as=jane', '--as-group', 'dev', '--as-group=ops', '--request-timeout=5s'];
  await runIn({ createMender }, 'diagnose', ...argv);
  expect(seen).toMatchObject([{ as: 'jane', asGroups: ['dev', 'ops'], requestTimeoutSeconds: 5 }]);
});

test('-f names the values of a chart, and otherwise what the argument names', async () => {
  const chart = await runIn({}, 'images', '--chart', 'web', '-f', 'values.yaml');
  expect(chart.calls[0]?.options).toMatchObject({ chart: 'web', valuesFiles: ['values.yaml'] });
  const files = await runIn({}, 'images', '-f', 'deploy/');
  expect(files.calls[0]?.options).toMatchObject({ type: 'files', paths: ['deploy/'] });
});
