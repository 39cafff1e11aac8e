import {
  contentOf,
  dropOnNode,
  importOnNode,
  markOnNode,
  NodeAccessError,
  unnameOnNode,
} from '../../adapters/node/index.ts';
import { notEntered } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { asObject } from '../../core/knowledge/pods/index.ts';
import type { NodeLoadStep } from '../../core/model/index.ts';
import type { ImageRepository } from '../../adapters/oci/index.ts';
import type { NodeOn, RunContext, StepResult } from '../module.ts';
import { imageArchive, partOf } from './archive.ts';
import { readObject, readyPods } from '../proof/index.ts';
import { fanOut } from './fan-out.ts';
import { lackingLayers, readPlatformImage, type LackingLayer, type PlatformImage } from './image.ts';
import { onAll } from './on-all.ts';

/** A node on its way to the image. */
type Target = {
  readonly node: string;
  readonly on: NodeOn;
  readonly platform: string;
  readonly image: PlatformImage;
  readonly snapshotter: string;
  readonly lacking: readonly LackingLayer[];
  /** Names that nothing has there yet. */
  readonly open: readonly string[];
};

/**
 * Gives the image to all nodes, or to none: names that one got before another failed are taken away again. Every layer
 * is read once, for all nodes that lack it. In a dry run the nodes are entered, and nothing is sent. Errors:
 * PM_NODE_NOT_ENTERED, PM_NODE_LOAD_FAILED, those of the source.
 */
export async function apply(step: NodeLoadStep, context: RunContext): Promise<StepResult> {
  const names = step.nodes.map(({ name }) => name);
  const object = step.expect.length === 0 ? undefined : await readObject(context.api, step.object);
  await context.withImage(step.source, async (repository, name) => {
    const head = await repository.getManifest(name);
    if (head.digest !== step.digest) throw failed('', step, 'differs', head.digest);
    await onAll(names, context, async (entered) => {
      const targets = await Promise.all(
        step.nodes.map(async ({ name: node, platform }) => {
          const on = entered.get(node) as NodeOn;
          return await lookAt({ node, on, platform }, step, repository);
        }),
      );
      if (!context.dryRun)
        await load(
          targets.filter(({ open }) => open.length > 0),
          step,
          repository,
          context,
        );
    });
  });
  const { uid } = asObject(object?.metadata);
  return {
    ...(typeof uid === 'string' ? { uid } : {}),
    ...(object === undefined ? {} : { ready: readyPods(object) }),
  };
}

async function lookAt(
  { node, on, platform }: Pick<Target, 'node' | 'on' | 'platform'>,
  step: NodeLoadStep,
  repository: ImageRepository,
): Promise<Target> {
  const image = await readPlatformImage(repository, step.digest, platform);
  if (image === undefined) throw failed(node, step, 'no-platform', platform);
  const content = await answering(node, async () => await contentOf(on.shell, on.runtime, step.names));
  const taken = content.named.find(({ digest }) => digest !== step.digest);
  if (taken !== undefined) throw failed(node, step, 'taken', taken.digest);
  const has = new Set(content.named.map(({ name }) => name));
  const open = step.names.filter((one) => !has.has(one));
  const { snapshotter } = content;
  return { node, on, platform, image, snapshotter, lacking: lackingLayers(image, content), open };
}

async function load(
  targets: readonly Target[],
  step: NodeLoadStep,
  repository: ImageRepository,
  context: RunContext,
): Promise<void> {
  try {
    const layers = new Map(targets.flatMap(({ lacking }) => lacking).map((one) => [one.layer.digest, one]));
    for (const one of layers.values()) {
      context.signal.throwIfAborted();
      const { digest } = one.layer;
      const wanting = targets.filter(({ lacking }) => lacking.some(({ layer }) => layer.digest === digest));
      await sendLayer(one, wanting, step, repository);
    }
    await Promise.all(targets.map(async (target) => await finish(target, step, context.run)));
  } catch (error) {
    await Promise.allSettled(
      targets.map(
        async ({ on: { shell, runtime }, open }) => await unnameOnNode(shell, runtime, open, context.run),
      ),
    );
    throw error;
  } finally {
    await Promise.allSettled(targets.map(dropParts));
  }
}

/** Nodes are worked on side by side here, so that an answer that does not come is told with its node. */
async function answering<T>(node: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof NodeAccessError ? notEntered(node, error) : error;
  }
}

/** One read of a layer, for every node that lacks it. */
async function sendLayer(
  one: LackingLayer,
  targets: readonly Target[],
  step: NodeLoadStep,
  repository: ImageRepository,
): Promise<void> {
  const shares = fanOut(repository.readBlob(one.layer), targets.length);
  const sent = await Promise.allSettled(
    targets.map(async ({ node, on, platform, snapshotter }, at) => {
      const share = shares[at] as (typeof shares)[number];
      try {
        const archive = partOf(one, platform).archive(share.stream);
        await taking(node, step, async () => {
          await importOnNode(on.shell, on.runtime, archive, { platform, snapshotter, unpack: false });
        });
      } finally {
        share.stop();
      }
    }),
  );
  for (const result of sent) if (result.status === 'rejected') throw result.reason;
}

/** The layers are there: the image gets its name, and is unpacked. */
async function finish(target: Target, step: NodeLoadStep, run: string): Promise<void> {
  const { node, on, platform, snapshotter, image, open } = target;
  const { shell, runtime } = on;
  await taking(node, step, async () => {
    try {
      await importOnNode(shell, runtime, imageArchive(image, open), { platform, snapshotter, unpack: true });
      await markOnNode(shell, runtime, open, run);
    } catch (error) {
      // containerd 1.x leaves the name of what it could not import.
      await dropOnNode(shell, runtime, open);
      throw error;
    }
  });
}

/** Parts of a run that was killed go too: they have the same names. */
async function dropParts({ on, platform, image }: Target): Promise<void> {
  const parts = image.layers.flatMap((layer, at) => {
    const diffId = image.diffIds[at];
    return diffId === undefined ? [] : partOf({ layer, diffId }, platform).names;
  });
  await dropOnNode(on.shell, on.runtime, parts);
}

async function taking(node: string, step: NodeLoadStep, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NodeAccessError)) throw error;
    throw failed(node, step, 'import', error.message, error);
  }
}

function failed(
  node: string,
  { names: [name = ''] }: NodeLoadStep,
  why: 'taken' | 'differs' | 'no-platform' | 'import',
  detail: string,
  cause?: Error,
): PullmendError {
  return new PullmendError('PM_NODE_LOAD_FAILED', { node, name, why, detail }, { cause });
}
