import { expect, test } from 'vitest';
import { patchStep } from '../../../test/support/repair-shop.ts';
import { Bell, type PodNews } from './bell.ts';

const step = patchStep();
/** So long that a test which waits for it fails. */
const never = 600_000;
const bounds = { soonestMs: 0, latestMs: never, withoutNewsMs: never };

/** News that a test tells, one by one. */
function toldNews() {
  const told: string[] = [];
  let wake = (): void => {};
  const news: PodNews = async function* news(_namespace, signal) {
    signal.addEventListener('abort', () => wake());
    while (!signal.aborted) {
      yield* told.splice(0);
      await new Promise<void>((resolve) => void (wake = resolve));
    }
  };
  const tell = (pod: string): void => {
    told.push(pod);
    wake();
  };
  return { news, tell };
}

test('what happens to a pod of its object ends the wait at once', async () => {
  const { news, tell } = toldNews();
  const bell = new Bell([step], news, new AbortController().signal);
  const waited = bell.wait(step, bounds);
  await new Promise((resolve) => void setImmediate(resolve));
  tell('other-5d4-x2');
  tell('webmail-5d4-x2');
  tell('web-5d4-x2');
  await waited;
  bell.close();
});

test('what happened while it was looked at is not missed', async () => {
  const { news, tell } = toldNews();
  const bell = new Bell([step], news, new AbortController().signal);
  await new Promise((resolve) => void setImmediate(resolve));
  tell('web-5d4-x2');
  await new Promise((resolve) => void setImmediate(resolve));
  await bell.wait(step, bounds);
  bell.close();
});

test('pods of others wake nobody; a name that its controller cut does', async () => {
  const { news, tell } = toldNews();
  const long = patchStep({ id: 's2', object: { ...step.object, name: 'w'.repeat(60) } });
  const bell = new Bell([step, long], news, new AbortController().signal);
  const woken: string[] = [];
  const waits = [step, long].map(async (one) => {
    await bell.wait(one, bounds).catch(() => undefined);
    woken.push(one.id);
  });
  await new Promise((resolve) => void setImmediate(resolve));
  tell(`${'w'.repeat(50)}-x2`);
  await waits[1];
  expect(woken).toEqual(['s2']);
  bell.close();
  await Promise.all(waits);
});

test.each<[string, PodNews | undefined]>([
  ['nobody tells', undefined],
  [
    'it is forbidden to ask',
    // eslint-disable-next-line require-yield
    async function* news() {
      throw await Promise.resolve(new Error('forbidden'));
    },
  ],
])('where %s the wait is the usual one', async (_, news) => {
  const bell = new Bell([step], news, new AbortController().signal);
  await bell.wait(step, { ...bounds, withoutNewsMs: 1 });
  bell.close();
});

test('an abort ends the wait with its reason', async () => {
  const stop = new AbortController();
  const bell = new Bell([step], toldNews().news, stop.signal);
  const waited = bell.wait(step, bounds);
  stop.abort();
  await expect(waited).rejects.toMatchObject({ name: 'AbortError' });
});
