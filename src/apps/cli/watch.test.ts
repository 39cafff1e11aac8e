import { expect, test } from 'vitest';
import { PullmendError } from '../../core/base/index.ts';
import { fakeMender } from './testing/fake-mender.ts';
import * as shop from './testing/shop.ts';
import { runIn, type WorldOptions } from './testing/world.ts';
import { changesBetween, pauseSeconds } from './watching.ts';

type Turn = Awaited<ReturnType<ReturnType<typeof fakeMender>['diagnose']>> | PullmendError;

/** A cluster that answers the looks one after the other; after the last one somebody presses Ctrl-C. */
function looks(...turns: readonly Turn[]): WorldOptions {
  const interrupt = new AbortController();
  const left = [...turns];
  return {
    interrupt,
    createMender: async (given) => ({
      ...fakeMender({}, [], given),
      diagnose: async () => {
        const turn = left.shift();
        if (left.length === 0) interrupt.abort();
        if (turn === undefined || turn instanceof PullmendError) throw turn ?? new Error('asked once more');
        return turn;
      },
    }),
  };
}

const [first, ...others] = shop.problems;
const all = { cluster: shop.cluster, problems: shop.problems };
const fewer = { cluster: shop.cluster, problems: others };
const gone = new PullmendError('PM_API_ERROR', { request: 'GET /api', status: 503, message: 'starting' });

test('without a terminal: a line for each change', async () => {
  const { out, code } = await runIn(looks(all, all, fewer), 'watch', '-A', '--every', '0.01s');
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(shop.problems.length + 1);
  expect(lines.at(-1)).toContain(`cleared  ${first?.spec.image}`);
  expect(code).toBe(130);
});

test('-o json: a document for each change, and for the time without an answer', async () => {
  const world = looks(all, gone, fewer);
  const { out } = await runIn(world, 'watch', '-A', '--every', '0.01s', '-o', 'json');
  const documents = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string });
  expect(documents.map(({ type }) => type)).toEqual([
    ...shop.problems.map(() => 'added'),
    'disconnected',
    'reconnected',
    'cleared',
  ]);
  expect(documents[shop.problems.length]).toMatchObject({ error: { code: 'PM_API_ERROR' } });
});

test('what fails at the first look ends it', async () => {
  const { err, code } = await runIn(looks(gone, all), 'watch', '-A', '--every', '0.01s');
  expect(err).toContain('PM_API_ERROR');
  expect(code).not.toBe(0);
});

test('another cause or other numbers are a change, the time that passes is not', () => {
  if (first === undefined) throw new Error('no problem');
  const later = { ...first, status: { ...first.status, since: '2020-01-01T00:00:00Z' } };
  const more = { ...first, status: { ...first.status, pods: first.status.pods + 1 } };
  expect(changesBetween([first], [later])).toEqual([]);
  expect(changesBetween([first], [more])).toEqual([{ type: 'changed', problem: more }]);
});

test('slow looks and failures make it slower', () => {
  expect(pauseSeconds(5, 0.1, 0)).toBe(5);
  expect(pauseSeconds(5, 10, 0)).toBe(40);
  expect([1, 2, 3, 9].map((failures) => pauseSeconds(5, 0.1, failures))).toEqual([10, 20, 40, 120]);
});
