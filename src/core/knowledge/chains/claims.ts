import type { JsonObject } from '../../model/index.ts';
import { asObjects, dig, digText } from '../pods/index.ts';

/** Names of the claims that a pod mounts; a generic ephemeral volume's is `POD-VOLUME` (KEP-1698). */
export function claimsOf(pod: JsonObject): readonly string[] {
  const name = digText(pod, 'metadata', 'name') ?? '';
  return asObjects(dig(pod, 'spec', 'volumes')).flatMap((volume) => {
    const claim = digText(volume, 'persistentVolumeClaim', 'claimName');
    if (claim !== undefined) return [claim];
    return dig(volume, 'ephemeral') === undefined ? [] : [`${name}-${digText(volume, 'name') ?? ''}`];
  });
}
