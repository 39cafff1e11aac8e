import { type MenderOptions, openOutside, openRegistries, type World } from '../access/index.ts';
import type { Mender } from './mender-type.ts';
import { nodesOf } from './nodes.ts';

// Each stage is loaded when it is first asked for: listing images needs neither a cluster nor a registry.
const look = async () => await import('../capabilities/look/index.ts');
const supplies = async () => await import('../stages/supply/index.ts');
const planning = async () => await import('../capabilities/repair/index.ts');
const repair = async () => await import('./repair.ts');
const runs = async () => await import('../access/index.ts');
const snapshot = async () => await import('../capabilities/snapshot/index.ts');
const probe = async () => await import('../capabilities/reach/index.ts');
const request = async () => await import('../capabilities/requests/index.ts');
const discover = async () => await import('../capabilities/discover/index.ts');
const images = async () => await import('../capabilities/images/index.ts');
const prevention = async () => await import('../capabilities/prevent/index.ts');
const preflight = async () => await import('../capabilities/preflight/index.ts');
const files = async () => await import('../capabilities/rewrite/index.ts');
const charts = async () => await import('../capabilities/chart/index.ts');
const kustomize = async () => await import('../capabilities/kustomize/index.ts');
const mirrors = async () => await import('../capabilities/mirrors/index.ts');
const owners = async () => await import('../capabilities/owner/index.ts');
const gitops = async () => await import('../capabilities/gitops/index.ts');
const harbors = async () => await import('../capabilities/harbor/index.ts');

/** Joins the stages to the whole way through. Connects to a cluster only when something asks for one. */
export async function createMender(options: MenderOptions): Promise<Mender> {
  const outside = await openOutside(options, options.onEvent);
  const world: World = { options, outside, registries: openRegistries(options, outside) };
  return {
    ...nodesOf(world),
    mirrors: outside.mirrors,
    diagnose: async (target) => await (await look()).lookAt(target, world),
    plan: async (target, how) => await (await planning()).planFor(target, how, world),
    find: async (image, platforms) => await (await supplies()).find(image, platforms, world),
    sourceChanges: async (plan, folders) => await (await gitops()).sourceChanges(plan, folders, world),
    apply: async (plan, how) => await (await repair()).applyGiven(plan, how, world),
    fix: async (target, how) => await (await repair()).fix(target, how, world),
    undo: async (run, how) => await (await repair()).undoRun(run, how, world),
    runs: async (scope) => await (await runs()).runsIn(scope, world),
    snapshot: async (target, how) => await (await snapshot()).takeSnapshot(target, how, world),
    probe: async (problems, target) => await (await probe()).probe(problems, target, world),
    predict: async (target) => await (await probe()).foresee(target, world),
    owner: async (name, how) => await (await owners()).ownerOf(name, how, world),
    request: async (image, how) => await (await request()).requestImage(image, how, world),
    discover: async (how) => await (await discover()).discover(how, world),
    images: async (source) => await (await images()).listImages(source, world),
    preflight: async (source, how) => await (await preflight()).preflightOf(source, how, world),
    prevent: async (how) => await (await prevention()).prevent(how, world),
    endPrevention: async (how) => await (await prevention()).endPrevention(how, world),
    rewrite: async (paths, how) => await (await files()).rewrite(paths, how, world),
    rewriteChart: async (how) => await (await charts()).rewriteChart(how, world),
    rewriteKustomize: async (folder, how) => await (await kustomize()).rewriteKustomize(folder, how, world),
    postRender: async (text) => await (await files()).postRender(text, world),
    checkMirrors: async (names) => await (await mirrors()).checkMirrors(names, world),
    setUpMirrors: async (names, how) => await (await harbors()).setUpHarbors(names, how, world),
    close: async () => void (await Promise.all([outside.close(), world.registries.close()])),
  };
}
