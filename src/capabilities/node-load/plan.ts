import { newRunName, withImage, type NodeOn, type World } from '../../access/index.ts';
import { contentOf } from '../../adapters/node/index.ts';
import type { ImageRepository } from '../../adapters/oci/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import { apiVersion, type NodeLoadStep, type RepairPlan } from '../../core/model/index.ts';
import { lackingLayers, readPlatformImage } from '../../steps/index.ts';
import { onNodes, type OfNode } from '../node-config/index.ts';
import { namesFor } from './names.ts';

/** What a node lacks of an image. */
type Lacking = {
  readonly platform: string;
  /** How it is entered. */
  readonly access: NodeOn['shell']['access'];
  /** Of layers that would be sent. */
  readonly bytes: number;
  readonly layers: number;
  /** Of all layers, for comparison. */
  readonly size: number;
  /** It has the image under these names already. */
  readonly has: boolean;
};

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
      const { status } = await kube.get({ apiVersion: 'v1', kind: 'Node', name: node });
      const os = digText(status, 'nodeInfo', 'operatingSystem') ?? 'linux';
      const platform = `${os}/${digText(status, 'nodeInfo', 'architecture') ?? 'amd64'}`;
      return await lackingOn({ node, platform, on }, step, repository);
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

async function lackingOn(
  {
    node,
    platform,
    on: { shell, runtime },
  }: {
    readonly node: string;
    readonly platform: string;
    readonly on: NodeOn;
  },
  { names, digest }: Pick<NodeLoadStep, 'names' | 'digest'>,
  repository: ImageRepository,
): Promise<Lacking> {
  const image = await readPlatformImage(repository, digest, platform);
  const [name = ''] = names;
  if (image === undefined)
    throw new PullmendError('PM_NODE_LOAD_FAILED', { node, name, why: 'no-platform', detail: platform });
  const content = await contentOf(shell, runtime, names);
  const taken = content.named.find((one) => one.digest !== digest);
  if (taken !== undefined)
    throw new PullmendError('PM_NODE_LOAD_FAILED', { node, name, why: 'taken', detail: taken.digest });
  const lacking = lackingLayers(image, content);
  return {
    platform,
    access: shell.access,
    bytes: lacking.reduce((sum, { layer }) => sum + layer.size, 0),
    layers: lacking.length,
    size: image.layers.reduce((sum, { size }) => sum + size, 0),
    has: content.named.length === names.length && lacking.length === 0,
  };
}
