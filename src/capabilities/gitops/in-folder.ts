import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PullmendError } from '../../core/base/index.ts';
import type { FileEdit, Rewrite } from '../../core/model/index.ts';
import { stepsOfKind } from '../../steps/index.ts';
import type { World } from '../../access/index.ts';
import { rewriteKustomize } from '../kustomize/index.ts';
import { rewrite, type RewriteOptions } from '../rewrite/index.ts';
import type { Copy, SourceEdits } from './types.ts';

/** As kustomize looks for them. */
const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/**
 * The edits that name copies in a folder of manifests or a kustomization, which is built before and after. Where it
 * cannot be built, in its files as they are; `unbuilt` says why.
 */
export async function editsInFolder(
  folder: string,
  copies: readonly Copy[],
  world: World,
): Promise<SourceEdits & { readonly unbuilt?: string }> {
  const options = optionsFor(copies);
  if (!(await hasOne(folder, kustomizations)))
    return editsOf(await rewrite([folder], options, world), 'read');
  try {
    return editsOf(await rewriteKustomize(folder, options, world), 'built');
  } catch (error) {
    world.options.signal.throwIfAborted();
    if (!(error instanceof PullmendError)) throw error;
    return { ...editsOf(await rewrite([folder], options, world), 'unproved'), unbuilt: error.message };
  }
}

/** Exactly these copies, whatever else mirrors serve. */
export function optionsFor(copies: readonly Copy[]): RewriteOptions {
  return {
    names: 'scheme',
    indirect: true,
    lock: false,
    allowUnverified: true,
    only: new Map(copies.map((copy) => [copy.image, copy])),
    to: 'look',
  };
}

function editsOf({ plan, changes }: Rewrite, proof: SourceEdits['proof']): SourceEdits {
  const edits: readonly FileEdit[] = stepsOfKind('edit-file', plan.spec.steps).flatMap((step) => step.edits);
  return {
    edits,
    moved: edits.length === 0 ? new Set() : new Set(changes.flatMap(({ usage }) => usage.reference ?? [])),
    proof,
  };
}

export async function hasOne(folder: string, names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    names.map(
      async (name) =>
        await stat(join(folder, name)).then(
          () => true,
          () => false,
        ),
    ),
  );
  return found.includes(true);
}
