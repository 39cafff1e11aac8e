import { PullmendError } from '../../core/base/index.ts';
import { undo } from '../undo/index.ts';
import { applyPlan, depsFor } from './apply-plan.ts';
import { checkMirrors, chosenMirrors } from './check-mirrors.ts';
import { setUpHarbors } from './set-up-harbors.ts';
import { discover } from './discover.ts';
import { listImages } from './list-images.ts';
import { lookAt, planFor, supplyFor } from './look.ts';
import { openOutside, type MenderOptions } from './outside.ts';
import { preflightOf } from './preflight.ts';
import { foresee, probe } from './probe.ts';
import { postRender } from './post-render.ts';
import { rewriteKustomize } from './rewrite-kustomize.ts';
import { rewriteChart } from './rewrite-chart.ts';
import { rewrite } from './rewrite.ts';
import { openRegistries } from './registries.ts';
import { requestImage } from './request.ts';
import { findRun, namespacesOfRecord, runsIn } from './runs.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Mender } from './mender-type.ts';
import type { World } from './world.ts';

/** Joins the stages to the whole way through. Connects to a cluster only when something asks for one. */
export async function createMender(options: MenderOptions): Promise<Mender> {
  const outside = await openOutside(options);
  const world: World = { options, outside, registries: openRegistries(options, outside) };
  return {
    mirrors: outside.mirrors,
    diagnose: async (target) => await lookAt(target, world),
    snapshot: async (target, snapshotOptions) => await takeSnapshot(target, snapshotOptions, world),
    probe: async (problems, target) => await probe(problems, target, world),
    predict: async (target) => await foresee(target, world),
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
    request: async (image, requestOptions) => await requestImage(image, requestOptions, world),
    discover: async (discoverOptions) => await discover(discoverOptions, world),
    images: async (source) => await listImages(source, world),
    preflight: async (source, preflightOptions) => await preflightOf(source, preflightOptions, world),
    rewriteChart: async (chartOptions) => await rewriteChart(chartOptions, world),
    postRender: async (text) => await postRender(text, world),
    rewriteKustomize: async (folder, rewriteOptions) => await rewriteKustomize(folder, rewriteOptions, world),
    rewrite: async (paths, rewriteOptions) => await rewrite(paths, rewriteOptions, world),
    checkMirrors: async (names) => await checkMirrors(chosenMirrors(names, world), world),
    setUpMirrors: async (names, setupOptions) =>
      await setUpHarbors(chosenMirrors(names, world), names.length > 0, setupOptions, world),
    close: async () => {
      await Promise.all([outside.close(), world.registries.close()]);
    },
  };
}
