import type { DeliverySource, Manager } from '../../model/index.ts';

/** What a delivery does with a change of one of its objects. */
export type Delivery = Pick<Manager, 'effect' | 'sync' | 'source'>;

/** Puts a change back by itself, after so many seconds at the most where that is known. */
export function heals(withinSeconds?: number): Delivery {
  return {
    effect: 'reverts',
    sync: { mode: 'heals', ...(withinSeconds === undefined ? {} : { withinSeconds }) },
  };
}

/** Leaves a change until it applies its source again. */
export const untilNextSync: Delivery = { effect: 'overwrites', sync: { mode: 'next-sync' } };

/** As that, and it does not apply anything before somebody lets it. */
export const whileSuspended: Delivery = { effect: 'overwrites', sync: { mode: 'suspended' } };

/** Never writes these fields. */
export const leavesAlone: Delivery = { effect: 'keeps', sync: { mode: 'ignores' } };

/** A repository's address without the credentials that people write into it. */
export function withoutLogin(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}

/** Only what is known of it. */
export function sourceOf(parts: {
  readonly [K in keyof DeliverySource]: DeliverySource[K] | undefined;
}): DeliverySource {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== undefined),
  ) as DeliverySource;
}
