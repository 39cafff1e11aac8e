import { PullmendError } from '../../core/base/index.ts';
import { readManifests } from '../source/index.ts';
import { checkMirror } from '../supply/index.ts';
import { undo } from '../undo/index.ts';
import { applyPlan, depsFor } from './apply-plan.ts';
import { lookAt, planFor, supplyFor } from './look.ts';
import { openOutside, type MenderOptions } from './outside.ts';
import { openRegistries } from './registries.ts';
import { findRun, namespacesOfRecord, runsIn } from './runs.ts';
import type { Mender } from './types.ts';
import type { World } from './world.ts';

/** Joins the stages to the whole way through. Connects to a cluster only when something asks for one. */
export async function createMender(options: MenderOptions): Promise<Mender> {
  const outside = await openOutside(options);
  const world: World = { options, outside, registries: openRegistries(options, outside) };
  return {
    mirrors: outside.mirrors,
    diagnose: async (target) => await lookAt(target, world),
    plan: async (target, planOptions) => await planFor(target, planOptions, world),
    apply: async (plan, applyOptions) => await applyPlan(plan, applyOptions, world),
    async fix(target, fixOptions) {
      const planned = await planFor(target, fixOptions, world);
      return { ...planned, ...(await applyPlan(planned.plan, fixOptions, world)) };
    },
    async undo(run, undoOptions) {
      const record = await findRun(run, undoOptions, world);
      if (!undoOptions.dryRun && !(await undoOptions.confirm(record))) return { record, outcomes: [] };
      const deps = await depsFor(namespacesOfRecord(record), world);
      return { record, outcomes: await undo(record, deps, { dryRun: undoOptions.dryRun }) };
    },
    runs: async (scope) => await runsIn(scope, world),
    async find(image, platforms) {
      const [found] = await supplyFor([image], { platforms, knownDigests: {} }, world);
      if (found === undefined) throw new PullmendError('PM_INTERNAL', { message: `no supply for ${image}` });
      return found;
    },
    images: async (paths) => await readManifests(paths),
    async checkMirrors(names) {
      const { mirrors } = outside.mirrors;
      const known = mirrors.map(({ name }) => name);
      const unknown = names.find((name) => !known.includes(name));
      if (unknown !== undefined) throw new PullmendError('PM_MIRROR_UNKNOWN', { name: unknown, known });
      const chosen = mirrors.filter(({ name }) => names.length === 0 || names.includes(name));
      return await Promise.all(
        chosen.map(
          async (mirror) =>
            await checkMirror(mirror, { probe: world.registries.probe, signal: options.signal }),
        ),
      );
    },
    close: async () => {
      await Promise.all([outside.close(), world.registries.close()]);
    },
  };
}
