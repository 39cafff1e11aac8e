import { mirrorHosts } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import type { RegistryClient } from '../../adapters/oci/index.ts';
import { examine, harborAt, type HarborReport, isHarborAt, notSeen } from '../harbor/index.ts';
import { checkMirror, type MirrorCheck } from '../../stages/supply/index.ts';
import { chosenMirrors, openClient, type World } from '../../access/index.ts';

/** What a mirror answered, and what its Harbor says about it when it stands on one. */
export type CheckedMirror = MirrorCheck & { readonly harbor?: HarborReport };

/** What the mirrors of these names answer, all for none. Throws PM_MIRROR_UNKNOWN. */
export async function checkMirrors(
  names: readonly string[],
  world: World,
): Promise<readonly CheckedMirror[]> {
  const mirrors = chosenMirrors(names, world);
  const client = openClient(world.options, world.outside);
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
