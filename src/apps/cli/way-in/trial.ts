import { tryParseReference } from '../../../core/image/index.ts';
import { isUsable } from '../../../core/choose/index.ts';
import {
  addMirrors,
  mirrorReference,
  needsPlace,
  parseMirrorSet,
  presets,
  type Preset,
  type PresetMirror,
} from '../../../core/knowledge/mirrors/index.ts';
import type { Candidate, MirrorSet, PullProblem, Target, Vantage } from '../../../core/model/index.ts';
import type { Shell } from '../shell.ts';

/** Images that stand for the others: a public mirror counts what is asked of it. */
const mostImages = 3;

/** What a preset gave for the images that were asked for. */
export type Tried = {
  readonly preset: Preset;
  readonly copies: readonly { readonly image: string; readonly candidate: Candidate }[];
  /** From the nodes on which they fail; absent when the nodes were not asked. */
  readonly nodes?: readonly Vantage[];
};

/** Public mirrors that have names for some of the images, by what their owners publish; none is asked for it. */
export function fittingPresets(images: readonly string[]): readonly Preset[] {
  const references = images.flatMap((image) => tryParseReference(image) ?? []);
  return presets.filter((preset) => {
    if (needsPlace(preset)) return false;
    const { mirrors } = mirrorSetOf(preset.mirrors);
    return mirrors.some((mirror) => references.some((it) => mirrorReference(mirror, it) !== undefined));
  });
}

/** A configuration that stands in no file. */
export function mirrorSetOf(mirrors: readonly PresetMirror[]): MirrorSet {
  const file = 'trial';
  return parseMirrorSet(addMirrors('', file, mirrors), file);
}

/** Asks each preset for the first of the images, from this machine; best first, and only those that have one. */
export async function tryFromHere(
  shell: Shell,
  chosen: readonly Preset[],
  images: readonly string[],
): Promise<readonly Tried[]> {
  const mender = await shell.openTrial(mirrorSetOf(chosen.flatMap(({ mirrors }) => mirrors)));
  const copies: { readonly image: string; readonly candidate: Candidate }[] = [];
  for (const image of images.slice(0, mostImages)) {
    shell.progress.says(shell.m.registry.looking(image));
    const { candidates } = await mender.find(image, []);
    copies.push(...candidates.filter(isWorth).map((candidate) => ({ image, candidate })));
  }
  shell.progress.finish();
  return chosen
    .map((preset) => {
      const names = new Set(preset.mirrors.map(({ name }) => name));
      return { preset, copies: copies.filter(({ candidate }) => names.has(candidate.mirror)) };
    })
    .filter((tried) => tried.copies.length > 0)
    .toSorted((a, b) => worth(b) - worth(a));
}

/** Also what only a person may believe: that is asked before it is used. */
function isWorth(candidate: Candidate): boolean {
  return candidate.usable || isUnproved(candidate);
}

/** A copy of a public mirror that works, and that nothing compares with the original. */
export function isUnproved(candidate: Candidate): boolean {
  return (
    candidate.needsProof === 'public' &&
    candidate.identity === 'unverified' &&
    isUsable(candidate, { allowUnverified: true })
  );
}

/** A copy that is proved to be the same image is worth more than one that is only there. */
function worth({ copies }: Tried): number {
  return copies.reduce((sum, { candidate }) => sum + (candidate.identity === 'same' ? 2 : 1), 0);
}

/** Asks for the same copies from the nodes on which the images fail, as `diagnose --probe` does. */
export async function tryFromNodes(
  shell: Shell,
  tried: readonly Tried[],
  problems: readonly PullProblem[],
  target: Target,
): Promise<readonly Tried[]> {
  const asked = tried.flatMap(({ copies: [first] }) => {
    const problem = problems.find(({ spec }) => spec.image === first?.image);
    return first === undefined || problem === undefined ? [] : [copyAsProblem(problem, first.candidate)];
  });
  const mender = await shell.openTrial(mirrorSetOf(tried.flatMap(({ preset }) => preset.mirrors)));
  const { images } = await mender.probe(asked, target);
  shell.progress.finish();
  return tried.map((one) => {
    const reach = images.find(({ image }) => image === one.copies[0]?.candidate.reference);
    const nodes = (reach?.vantages ?? []).filter(
      ({ node, healthy }) => node !== undefined && healthy !== true,
    );
    return nodes.length === 0 ? one : { ...one, nodes };
  });
}

/** The failing pods and nodes of an image, asking for the name of its copy. */
function copyAsProblem(problem: PullProblem, { reference }: Candidate): PullProblem {
  const diagnosis = { ...problem.status.diagnosis, class: 'unknown' as const, evidence: '' };
  return {
    ...problem,
    spec: { ...problem.spec, image: reference },
    status: { ...problem.status, diagnosis, failures: [] },
  };
}
