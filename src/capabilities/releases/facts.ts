import pLimit from 'p-limit';
import { helmFor, type World } from '../../access/index.ts';
import type { Helm } from '../../adapters/helm/index.ts';
import { isError } from '../../core/base/index.ts';
import { objectName, type ObjectRef, type PatchStep, type RepairPlan } from '../../core/model/index.ts';
import { plan, type PlanInput, type ReleaseFact } from '../../stages/plan/index.ts';
import { stepsOfKind } from '../../steps/index.ts';
import { draftUpgrade } from './draft.ts';

/** Each of them renders its chart some dozen times. */
const atOnce = 4;

/** The workloads of one release that would be patched, and what would become of their images. */
export type StuckRelease = { readonly ref: ObjectRef; readonly patches: readonly PatchStep[] };

/**
 * The input of a plan with what was found out of Helm releases whose workloads it would patch: an upgrade with other
 * values lasts longer.
 */
export async function withReleaseFacts(input: PlanInput, world: World): Promise<PlanInput> {
  const stuck = stuckReleases(plan(input));
  if (stuck.length === 0) return input;
  const helm = await helmHere(world);
  const turn = pLimit(atOnce);
  const releases = await Promise.all(
    stuck.map(async (release): Promise<ReleaseFact> => {
      const owners = release.patches.map(({ object }) => object);
      if (helm === undefined) return { owners, upgrade: { ok: false, refusal: { why: 'no-helm' } } };
      const { version } = input.inventory.cluster ?? {};
      const upgrade = await turn(draftUpgrade, release, helm, version, world, input.options);
      return { owners, upgrade };
    }),
  );
  return { ...input, facts: { ...input.facts, releases } };
}

/** Absent: none is here, or it cannot be started. */
async function helmHere(world: World): Promise<Helm | undefined> {
  try {
    return await helmFor(world);
  } catch (error) {
    if (isError(error, 'PM_HELM_MISSING')) return undefined;
    throw error;
  }
}

function stuckReleases({ spec }: RepairPlan): readonly StuckRelease[] {
  const patches = stepsOfKind('patch', spec.steps).flatMap((step) => {
    const { overwrittenBy: by, object } = step;
    if (typeof by !== 'object' || by.by !== 'helm' || by.name === undefined) return [];
    const namespace = by.namespace ?? object.namespace ?? '';
    return [{ step, ref: { apiVersion: 'helm.sh/v3', kind: 'Release', namespace, name: by.name } }];
  });
  const groups = Map.groupBy(patches, ({ ref }) => objectName(ref));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ref: first.ref, patches: [first, ...others].map(({ step }) => step) }],
  );
}
