import { parseReference, repositoryName, tryParseReference, type Reference } from '../../../image/index.ts';
import type { SchemeName } from '../../../model/index.ts';
import { presets } from '../presets.ts';
import { mirrorReference } from '../rename.ts';
import { draftMirror } from './draft.ts';
import { originHosts } from './origins.data.ts';

/** A scheme at a place, and the names that it would explain. Names are repositories, without tag. */
export type Hypothesis = {
  readonly scheme: SchemeName;
  /** Of `host-alias`: the domain. */
  readonly at: string;
  /** Mirrored name to the originals that it may be. */
  readonly explains: ReadonlyMap<string, ReadonlySet<string>>;
};

/** First in order is preferred where two say the same. */
export const readSchemes = [
  'prefix-host-path',
  'host-alias',
  'drop-host',
  'harbor-library',
  'dots',
  'last-segment',
] as const satisfies readonly SchemeName[];

const placedSchemes = readSchemes.filter((scheme) => scheme !== 'host-alias');

/** Any host: only what comes after it counts. */
const anyPlace = 'mirror.example';

/** Every scheme at every place below which a mirrored name lies, as far as it gives that name to a known original. */
export function hypothesesFor(
  mirrored: readonly Reference[],
  originals: readonly string[],
  contentOf: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Hypothesis[] {
  const found = new Map<string, Omit<Hypothesis, 'explains'> & { explains: Map<string, Set<string>> }>();
  const note = (scheme: SchemeName, at: string, name: string, original: string): void => {
    const proved = contentOf.get(name);
    if (proved !== undefined && !proved.has(original)) return;
    const key = `${scheme} ${at}`;
    const hypothesis = found.get(key) ?? { scheme, at, explains: new Map<string, Set<string>>() };
    found.set(key, hypothesis);
    hypothesis.explains.set(name, (hypothesis.explains.get(name) ?? new Set()).add(original));
  };
  const tails = tailsOf(originals);
  const byPath = Map.groupBy(originals, (name) => parseReference(name).repository);
  for (const reference of mirrored) {
    const name = repositoryName(reference);
    for (const { at, rest } of splits(reference)) {
      for (const scheme of placedSchemes) {
        for (const original of tails.get(scheme)?.get(rest) ?? []) note(scheme, at, name, original);
      }
      const named = hostInName(rest);
      if (named !== undefined) note('prefix-host-path', at, name, named);
    }
    const [label = '', ...domain] = reference.registry.split('.');
    for (const original of byPath.get(reference.repository) ?? []) {
      const host = original.split('/', 1).join('');
      if (aliasLabels.get(label)?.has(host) === true) note('host-alias', domain.join('.'), name, original);
    }
  }
  return [...found.values()];
}

/** A known registry in a path is there for one reason only. */
export function hostInName(rest: string): string | undefined {
  const named = tryParseReference(rest);
  return named !== undefined && originHosts.has(named.registry) && rest.startsWith(`${named.registry}/`)
    ? repositoryName(named)
    : undefined;
}

/** What each scheme puts behind a place, and for which originals. */
function tailsOf(originals: readonly string[]): ReadonlyMap<SchemeName, ReadonlyMap<string, string[]>> {
  return new Map(
    placedSchemes.map((scheme) => {
      const mirror = draftMirror({ scheme, match: ['**'], at: anyPlace });
      const tails = new Map<string, string[]>();
      for (const original of originals) {
        const tail = mirrorReference(mirror, parseReference(original))?.repository;
        if (tail !== undefined) tails.set(tail, [...(tails.get(tail) ?? []), original]);
      }
      return [scheme, tails] as const;
    }),
  );
}

/** `host`, `host/a`, `host/a/b` with what is left of the name. */
function splits({
  registry,
  repository,
}: Reference): readonly { readonly at: string; readonly rest: string }[] {
  const parts = repository.split('/');
  return parts.map((_, index) => ({
    at: [registry, ...parts.slice(0, index)].join('/'),
    rest: parts.slice(index).join('/'),
  }));
}

/** First labels by which services name the registry behind a host, e.g. `k8s-gcr` for k8s.gcr.io; from the presets. */
const aliasLabels: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const labels = new Map<string, Set<string>>();
  for (const { aliases = {} } of presets.flatMap(({ mirrors }) => mirrors)) {
    for (const [host, alias] of Object.entries(aliases)) {
      const [label = ''] = alias.split('.');
      labels.set(label, (labels.get(label) ?? new Set()).add(host));
    }
  }
  return labels;
})();
