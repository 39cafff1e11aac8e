import { RateGate } from '../../adapters/oci/index.ts';
import type { Outside } from '../outside.ts';
import type { World } from '../world.ts';
import { RegistryGuard } from './registry-guard.ts';

/** Milliseconds between two requests to one registry: a cluster has hundreds of images of the same. */
const paceMs = 200;

type Lifetime = { readonly gate: RateGate; guard?: RegistryGuard };

const lifetimes = new WeakMap<Outside, Lifetime>();

function lifetimeOf(outside: Outside): Lifetime {
  const lifetime = lifetimes.get(outside) ?? { gate: new RateGate() };
  lifetimes.set(outside, lifetime);
  return lifetime;
}

/** What all clients of a command know of servers that want to be left alone. */
export function ratesOf(outside: Outside): RateGate {
  return lifetimeOf(outside).gate;
}

/** Keeps all probes of a command polite, those that nodes make too, by the same knowledge. */
export function guardOf({ outside }: World): RegistryGuard {
  const lifetime = lifetimeOf(outside);
  lifetime.guard ??= new RegistryGuard(paceMs, lifetime.gate);
  return lifetime.guard;
}
