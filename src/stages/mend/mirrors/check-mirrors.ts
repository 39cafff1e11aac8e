import { PullmendError } from '../../../core/base/index.ts';
import { mirrorHosts } from '../../../core/knowledge/mirrors/index.ts';
import type { Mirror } from '../../../core/model/index.ts';
import type { RegistryClient } from '../../../adapters/oci/index.ts';
import { examine, notSeen, type HarborReport } from '../../harbor/index.ts';
import { checkMirror, type MirrorCheck } from '../../supply/index.ts';
import { harborAt, isHarborAt } from './harbor.ts';
import { openClient } from '../registries/client.ts';
import type { World } from '../world.ts';

/** What a mirror answered, and what its Harbor says about it when it stands on one. */
export type CheckedMirror = MirrorCheck & { readonly harbor?: HarborReport };

/** The mirrors of these names, all for none. Throws PM_MIRROR_UNKNOWN. */
export function chosenMirrors(names: readonly string[], { outside }: World): readonly Mirror[] {
  const { mirrors } = outside.mirrors;
  const known = mirrors.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new PullmendError('PM_MIRROR_UNKNOWN', { name: unknown, known });
  return mirrors.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** What the mirrors of these names answer, all for none. Throws PM_MIRROR_UNKNOWN. */
export async function checkMirrors(
  names: readonly string[],
  world: World,
): Promise<readonly CheckedMirror[]> {
  const mirrors = chosenMirrors(names, world);
  const client = openClient(world.options, world.outside.mirrors);
  try {
    return await Promise.all(
      mirrors.map(async (mirror) => {
        const { probe } = world.registries;
        const check = await checkMirror(mirror, { probe, signal: world.options.signal });
        const silent = check.outcome === 'unreachable' || check.outcome === 'tls';
        const harbor = silent ? undefined : await askHarbor(mirror, client, world);
        return { ...check, ...(harbor === undefined ? {} : { harbor }) };
      }),
    );
  } finally {
    await client.close();
  }
}

/** What its Harbor says about a mirror; `undefined` for a mirror that stands on none. */
async function askHarbor(
  mirror: Mirror,
  client: RegistryClient,
  world: World,
): Promise<HarborReport | undefined> {
  const [host, ...others] = mirrorHosts(mirror);
  if (host === undefined || others.length > 0) return undefined;
  if (!(await isHarborAt(host, client, world).catch(() => false))) return undefined;
  try {
    return await examine(await harborAt(host, [mirror], client, world), mirror);
  } catch (error) {
    return { findings: [notSeen(error)] };
  }
}
