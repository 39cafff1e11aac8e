import { formatReference, repositoryName, tryParseReference, type Reference } from '../../../image/index.ts';
import type { Mirror } from '../../../model/index.ts';
import { kubekeyRows } from '../../kubekey/index.ts';
import { installerRows } from '../../kubesphere/index.ts';
import type { Preset, PresetMirror } from '../preset.ts';
import { needsPlace, presets } from '../presets.ts';
import { isMirrored, mirrorHosts, mirrorReference, originalReference } from '../rename.ts';
import { chooseMirrors } from './choose.ts';
import { draftMirror, family, mirrorName } from './draft.ts';
import { hypothesesFor } from './hypotheses.ts';
import { commonRepositories, originHosts } from './origins.data.ts';
import type { ClusterImages, ConfiguredMirror, MirrorEvidence, ProposedMirror } from './types.ts';

/** Repositories that are known without looking at a cluster: common ones, and those of KubeSphere and KubeKey. */
const knownRepositories: readonly string[] = [
  ...new Set([
    ...commonRepositories,
    ...installerRows.map(({ repository }) => repository),
    ...kubekeyRows.map(({ repository }) => nameOf(tryParseReference(repository)) ?? ''),
  ]),
].filter((name) => name !== '');

export type DiscoverInput = ClusterImages & {
  /** Originals that somebody wants there, e.g. of pods that fail. */
  readonly wanted: readonly string[];
  readonly configured: readonly ConfiguredMirror[];
  /** Mirrors that are in the configuration already; they are not proposed again. */
  readonly mirrors: readonly Mirror[];
};

/**
 * The mirrors that a cluster seems to use: every naming scheme is tried on the names of its images, and kept where it
 * explains them as copies of known originals. Certain ones first.
 */
export function discoverMirrors(
  input: DiscoverInput,
  known: readonly string[] = knownRepositories,
): readonly ProposedMirror[] {
  const images = distinct(input.images);
  const usedPresets = presetsIn(images, known);
  const covered = usedPresets.flatMap(({ mirror }) => draftMirror(mirror));
  const content = contentOf(input.sameContent);
  const mirrored = images.filter(
    (it) => !originHosts.has(it.registry) && !covered.some((mirror) => isMirrored(mirror, it)),
  );
  const originals = new Set([
    ...known,
    ...[...images, ...distinct(input.wanted)].filter(isOriginal).map(repositoryName),
    ...[...content.values()].flatMap((names) => [...names]),
  ]);
  const read = chooseMirrors(hypothesesFor(mirrored, [...originals], content), content);
  const all = [...usedPresets, ...withConfigured(read, input.configured)];
  const fresh = all.filter((it) => !input.mirrors.some((mirror) => isKnown(it, mirror)));
  return named(
    fresh.toSorted((a, b) => rank(a) - rank(b)),
    input.mirrors,
  );
}

function distinct(names: readonly string[]): readonly Reference[] {
  const all = names.flatMap((name) => tryParseReference(name) ?? []);
  return [...new Map(all.map((it) => [repositoryName(it), it])).values()];
}

/** Is the image on a registry that images come from. */
export function isOriginal({ registry }: Reference): boolean {
  return originHosts.has(registry);
}

export function isOriginalName(name: string): boolean {
  const reference = tryParseReference(name);
  return reference !== undefined && isOriginal(reference);
}

/** Copies to the originals that they are, by their content. */
function contentOf(groups: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const group of groups) {
    const references = distinct(group);
    const originals = references.filter(isOriginal).map(repositoryName);
    if (originals.length === 0) continue;
    for (const copy of references.filter((it) => !isOriginal(it)).map(repositoryName)) {
      const known = found.get(copy) ?? new Set();
      found.set(copy, new Set([...known, ...originals]));
    }
  }
  return found;
}

/** Public mirrors by their places; what they serve is known. */
function presetsIn(images: readonly Reference[], known: readonly string[]): readonly ProposedMirror[] {
  return presets
    .filter((preset) => !needsPlace(preset))
    .flatMap((preset) => preset.mirrors.flatMap((mirror) => usedPreset(preset, mirror, images, known)));
}

function usedPreset(
  { name }: Preset,
  mirror: PresetMirror,
  images: readonly Reference[],
  known: readonly string[],
): readonly ProposedMirror[] {
  const draft = draftMirror(mirror);
  const used = images.filter((image) => isMirrored(draft, image));
  if (used.length === 0) return [];
  const byCopy = Map.groupBy(known, (original) => {
    const reference = tryParseReference(original);
    return reference && nameOf(mirrorReference(draft, reference));
  });
  const evidence = used.flatMap((image): readonly MirrorEvidence[] => {
    const inverse = nameOf(originalReference(draft, image));
    const original = inverse ?? byCopy.get(repositoryName(image))?.[0];
    return original === undefined ? [] : [{ fact: 'name', mirrored: repositoryName(image), original }];
  });
  return [
    { mirror, preset: name, confidence: evidence.length > 0 ? 'certain' : 'likely', evidence, rivals: [] },
  ];
}

/** Settings confirm what was read from names, decide between rivals, or are proposals of their own. */
function withConfigured(
  read: readonly ProposedMirror[],
  configured: readonly ConfiguredMirror[],
): readonly ProposedMirror[] {
  const result = [...read];
  for (const setting of configured) {
    const index = result.findIndex((it) =>
      [it.mirror, ...it.rivals].some((mirror) => isSame(mirror, setting)),
    );
    const found = result[index];
    const evidence: MirrorEvidence = { fact: 'configured', where: setting.where };
    if (found === undefined) {
      const preset = presets.find(({ mirrors }) => mirrors.some((mirror) => isSame(mirror, setting)));
      const mirror = preset?.mirrors.find((it) => isSame(it, setting)) ?? written(setting);
      const known = preset === undefined ? {} : { preset: preset.name };
      result.push({ mirror, ...known, confidence: 'likely', evidence: [evidence], rivals: [] });
      continue;
    }
    if (found.preset !== undefined) {
      result[index] = { ...found, confidence: 'certain', evidence: [evidence, ...found.evidence] };
      continue;
    }
    const match = [
      ...new Set([...(isSame(found.mirror, setting) ? globsOf(found.mirror) : []), ...setting.match]),
    ];
    const mirror = written({ ...setting, match });
    result[index] = { mirror, confidence: 'certain', evidence: [evidence, ...found.evidence], rivals: [] };
  }
  return result;
}

function isSame(mirror: PresetMirror, { scheme, at }: Pick<ConfiguredMirror, 'scheme' | 'at'>): boolean {
  return mirror.at === at && family(mirror.scheme) === family(scheme);
}

function globsOf({ scheme, match }: PresetMirror): readonly string[] {
  if (match !== undefined) return match;
  return scheme === 'harbor-proxy' ? ['docker.io/**'] : [];
}

function written({ scheme, at, match, plainHttp }: Omit<ConfiguredMirror, 'where'>): PresetMirror {
  return {
    name: mirrorName(at),
    ...(match.length === 0 ? {} : { match: match.toSorted() }),
    scheme,
    at,
    ...(plainHttp === undefined ? {} : { plainHttp }),
  };
}

function isKnown({ mirror, evidence }: ProposedMirror, existing: Mirror): boolean {
  if (mirror.at !== undefined)
    return existing.at === mirror.at && family(existing.scheme) === family(mirror.scheme);
  // Hosts without a common place: by what they give.
  const pairs = evidence.filter((it) => 'mirrored' in it);
  return (
    pairs.length > 0 &&
    pairs.every(({ mirrored, original }) => {
      const reference = tryParseReference(original);
      return reference !== undefined && nameOf(mirrorReference(existing, reference)) === mirrored;
    })
  );
}

/** Names that no other mirror has. */
function named(proposals: readonly ProposedMirror[], mirrors: readonly Mirror[]): readonly ProposedMirror[] {
  const taken = new Set(mirrors.map(({ name }) => name));
  return proposals.map((proposal) => {
    const { name } = proposal.mirror;
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
    taken.add(free);
    return { ...proposal, mirror: { ...proposal.mirror, name: free } };
  });
}

function rank({ confidence, evidence }: ProposedMirror): number {
  return { certain: 0, likely: 1, unsure: 2 }[confidence] * 10_000 - evidence.length;
}

function nameOf(reference: Reference | undefined): string | undefined {
  return reference && repositoryName(reference);
}

/** Presets that have a mirror on a host. */
export function presetsOnHost(host: string): readonly string[] {
  return presets
    .filter((preset) => !needsPlace(preset))
    .filter(({ mirrors }) => mirrors.some((mirror) => mirrorHosts(draftMirror(mirror)).includes(host)))
    .map(({ name }) => name);
}

/** The copy's name with the tag of the original, e.g. to ask for it. */
export function copyName(mirror: PresetMirror, original: Reference): string | undefined {
  const named = mirrorReference(draftMirror(mirror), original);
  return named && formatReference(named);
}
