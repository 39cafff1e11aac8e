import { newRunName, withImage, type World } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import { apiVersion, type JsonObject, type NodeLoadStep, type RepairPlan } from '../../core/model/index.ts';
import { readPlatformImage } from '../../steps/index.ts';
import { onNodes, type OfNode } from '../node-config/index.ts';
import { lackingOn, type Lacking } from './lacking.ts';
import { namesFor } from './names.ts';

export type NodeLoadPlan = {
  readonly plan: RepairPlan;
  readonly nodes: readonly OfNode<Lacking>[];
};

/**
 * A plan that gives an image to nodes that lack it; none named: to all. A node that cannot be entered is told and left
 * out. Errors: PM_BAD_IMAGE_NAME, PM_NODE_LOAD_UNNAMED, those of the source.
 */
export async function planNodeLoad(
  source: string,
  nodes: readonly string[],
  world: World,
): Promise<NodeLoadPlan> {
  const kube = await world.outside.kube();
  return await withImage(source, world, async (repository, name) => {
    const { digest } = await repository.getManifest(name);
    const names = await namesFor(source, repository);
    const step: Pick<NodeLoadStep, 'names' | 'digest'> = { names, digest };
    const found = await onNodes(nodes, world, async (on, node) => {
      const platform = platformOf(await kube.get({ apiVersion: 'v1', kind: 'Node', name: node }));
      const image = await readPlatformImage(repository, digest, platform);
      const [lacking] = await lackingOn({ node, platform, on }, [{ ...step, image }]);
      if (lacking instanceof PullmendError) throw lacking;
      return lacking as Lacking;
    });
    const targets = found.flatMap((one) =>
      one.ok && !one.value.has ? [{ name: one.node, ...one.value }] : [],
    );
    const now = (world.options.now ?? (() => new Date()))();
    const plan: RepairPlan = {
      apiVersion,
      kind: 'RepairPlan',
      metadata: { name: newRunName(), createdAt: now.toISOString() },
      spec: {
        cluster: kube.identity,
        replacements: [],
        steps: targets.length === 0 ? [] : [stepFor(source, step, targets)],
        unmended: [],
      },
    };
    return { plan, nodes: found };
  });
}

/** `linux/amd64`, as the node's kubelet tells. */
export function platformOf({ status }: JsonObject): string {
  const os = digText(status, 'nodeInfo', 'operatingSystem') ?? 'linux';
  return `${os}/${digText(status, 'nodeInfo', 'architecture') ?? 'amd64'}`;
}

function stepFor(
  source: string,
  { names, digest }: Pick<NodeLoadStep, 'names' | 'digest'>,
  targets: readonly (Lacking & { readonly name: string })[],
): NodeLoadStep {
  return {
    id: 's1',
    kind: 'node-load',
    object: { apiVersion: 'v1', kind: 'Node', name: targets[0]?.name ?? '' },
    needs: [],
    expect: [],
    source,
    names,
    digest,
    nodes: targets.map(({ name, platform, bytes, access }) => ({ name, platform, bytes, access })),
  };
}
