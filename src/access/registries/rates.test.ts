import { expect, test } from 'vitest';
import { reachedTo } from '../../core/knowledge/reach/index.ts';
import type { EndpointReach } from '../../core/model/index.ts';
import type { Outside } from '../outside.ts';
import type { World } from '../world.ts';
import { guardOf, ratesOf } from './rates.ts';

const server = 'https://quay.io';
// The lifetime of a command is that of its outside world; nothing in it is asked for.
const worldOf = (): World => ({ outside: {} as Outside }) as World;

function limited(retryAfter?: number): EndpointReach {
  const { steps } = reachedTo({ step: 'manifest', detail: '429' }, [], []);
  const told = retryAfter === undefined ? {} : { retryAfter };
  return { endpoint: server, mirror: false, steps, outcome: 'rate-limited', ...told };
}

test('what a probe is told to wait for, every client of the command waits for', async () => {
  const world = worldOf();
  await guardOf(world).ask(server, async () => await Promise.resolve(limited(30)));
  expect(ratesOf(world.outside).secondsLeft(server)).toBe(30);
  expect(ratesOf(worldOf().outside).secondsLeft(server)).toBe(0);
});

test('and the other way round', async () => {
  const world = worldOf();
  ratesOf(world.outside).close(server, 20);
  const reach = await guardOf(world).ask(server, async () => await Promise.reject(new Error('asked')));
  expect(reach).toMatchObject({ outcome: 'rate-limited', retryAfter: 20 });
});

test('a probe that is told nothing leaves it alone for long, and shorter words do not open it sooner', async () => {
  const world = worldOf();
  await guardOf(world).ask(server, async () => await Promise.resolve(limited()));
  ratesOf(world.outside).close(server, 1);
  expect(ratesOf(world.outside).secondsLeft(server)).toBe(60);
});
