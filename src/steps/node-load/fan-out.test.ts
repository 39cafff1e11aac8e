import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fanOut } from './fan-out.ts';

/** Counts how often it was read. */
function source(chunks: number, fails = false) {
  const seen = { begun: 0, given: 0 };
  async function* stream(): AsyncGenerator<Uint8Array> {
    seen.begun++;
    for (; seen.given < chunks; seen.given++) yield Uint8Array.of(seen.given);
    if (fails) throw new Error('cut');
    await turn();
  }
  return { seen, stream: stream() };
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<readonly number[]> {
  const got: number[] = [];
  for await (const chunk of stream) got.push(...chunk);
  return got;
}

test('a source is read once, and every reader gets all of it', async () => {
  const { seen, stream } = source(5);
  const shares = fanOut(stream, 3, 2);
  expect(await Promise.all(shares.map(async (share) => await all(share.stream)))).toEqual(
    Array.from({ length: 3 }, () => [0, 1, 2, 3, 4]),
  );
  expect(seen.begun).toBe(1);
});

test('a reader that is behind stops the source at the bound, and nobody once it has stopped', async () => {
  const { seen, stream } = source(100);
  const [quick, slow] = fanOut(stream, 2, 4);
  const reading = all(quick!.stream);
  for (let at = 0; at < 50; at++) await turn();
  expect(seen.given).toBeLessThan(6);
  slow!.stop();
  expect(await reading).toHaveLength(100);
});

test('what goes wrong with the source is told to every reader', async () => {
  const shares = fanOut(source(1, true).stream, 2);
  const ended = await Promise.allSettled(shares.map(async (share) => await all(share.stream)));
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
