import type { World } from '../world.ts';
import { RegistryGuard } from './registry-guard.ts';

/** Milliseconds between two requests to one registry: a cluster has hundreds of images of the same. */
const paceMs = 200;

const guards = new WeakMap<World, RegistryGuard>();

/** One for all probes of a command: what one is told to wait for, all wait for. */
export function guardOf(world: World): RegistryGuard {
  const guard = guards.get(world) ?? new RegistryGuard(paceMs);
  guards.set(world, guard);
  return guard;
}
