import { describe, expect, test } from 'vitest';
import { parseReference } from '../../core/image/index.ts';
import type { ProbeOutcome } from '../../core/model/index.ts';
import { hostQueues, type ProbeImage } from './host-queues.ts';

/** Answers each image with an outcome, and counts. */
function registry(outcomeOf: (image: string) => ProbeOutcome) {
  const state = { asked: 0, now: 0, most: 0 };
  const probe: ProbeImage = async ({ registry: host, repository }) => {
    state.asked += 1;
    state.now += 1;
    state.most = Math.max(state.most, state.now);
    await new Promise((resolve) => setImmediate(resolve));
    state.now -= 1;
    const outcome = outcomeOf(`${host}/${repository}`);
    return { reference: repository, outcome, platforms: [], platformDigests: {}, detail: '' };
  };
  return { state, probe };
}

function images(host: string, count: number) {
  return Array.from({ length: count }, (_, n) => ({
    reference: parseReference(`${host}/i${n}:1`),
    platforms: [],
  }));
}

describe('hostQueues', () => {
  test('asks one host for few at a time', async () => {
    const { state, probe } = registry(() => 'works');
    const ask = hostQueues(probe, undefined);
    await Promise.all(images('a.test', 40).map(ask));
    expect(state).toMatchObject({ asked: 40, most: 8 });
  });

  test('gives a silent host up, and no other', async () => {
    const { state, probe } = registry((image) => (image.startsWith('down.test') ? 'unreachable' : 'absent'));
    const ask = hostQueues(probe, undefined);
    const found = await Promise.all([...images('down.test', 100), ...images('up.test', 20)].map(ask));
    expect(state.asked).toBeLessThanOrEqual(20 + 8 + 3);
    expect(found.slice(0, 100).every(({ outcome }) => outcome === 'unreachable')).toBe(true);
    expect(found[99]?.detail).toContain('not asked');
    expect(found.slice(100).every(({ outcome }) => outcome === 'absent')).toBe(true);
  });

  test('a host that has answered once is asked to the end', async () => {
    const { state, probe } = registry((image) => (image === 'a.test/i0' ? 'works' : 'unreachable'));
    const ask = hostQueues(probe, undefined);
    await Promise.all(images('a.test', 30).map(ask));
    expect(state.asked).toBe(30);
  });
});
