import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { addressKind, isLoopbackHost } from '../../../core/knowledge/reach/index.ts';
import { RefusedAddressError } from './network-error.ts';

/**
 * Which addresses a request may reach: `any` of a registry that the user named; `public` where a public registry sends
 * the client to another host, `inside` where a private one does: never to the services of a machine or provider that
 * hand out credentials.
 */
export type Reach = 'any' | 'public' | 'inside';

/** Why a request must not reach a host that is an address; undefined for a name, which is looked at once it is resolved. */
export function refusalOf(host: string, reach: Reach): RefusedAddressError | undefined {
  if (reach === 'any') return undefined;
  const kind = addressKind(host);
  if (kind === 'link-local') return new RefusedAddressError('it leads to a link-local or metadata address');
  const isPrivate = kind === 'private' || isLoopbackHost(host);
  return isPrivate && reach === 'public'
    ? new RefusedAddressError('it leads to a private address')
    : undefined;
}

/** A resolver that gives only addresses that may be reached: nothing is sent to any other, not even a handshake. */
export function guardedLookup(reach: Reach, resolve: LookupFunction = lookup): LookupFunction {
  if (reach === 'any') return resolve;
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const all: readonly LookupAddress[] = Array.isArray(found) ? found : [];
      const allowed = all.filter(({ address }) => refusalOf(address, reach) === undefined);
      const [first] = allowed;
      if (first === undefined)
        return callback(refusalOf(all[0]?.address ?? '', reach) ?? new RefusedAddressError('no address'), '');
      if (options.all === true) callback(null, [...allowed]);
      else callback(null, first.address, first.family);
    });
  };
}
