import { parseReference } from '../../../image/index.ts';
import type { PresetMirror } from '../preset.ts';
import { mirrorReference } from '../rename.ts';
import { draftMirror, mirrorName } from './draft.ts';
import { hostInName, readSchemes, type Hypothesis } from './hypotheses.ts';
import type { Confidence, MirrorEvidence, ProposedMirror } from './types.ts';

/** Hypotheses that explain just the same names. */
type Group = { readonly members: readonly Hypothesis[]; readonly names: readonly string[] };

type Content = ReadonlyMap<string, ReadonlySet<string>>;

/** The explanations that no other one makes needless, with how sure each is. */
export function chooseMirrors(all: readonly Hypothesis[], content: Content): readonly ProposedMirror[] {
  const byName = new Map<string, Hypothesis[]>();
  for (const hypothesis of all) {
    for (const name of hypothesis.explains.keys()) {
      byName.set(name, [...(byName.get(name) ?? []), hypothesis]);
    }
  }
  const kept = all.filter((it) => !isNeedless(it, byName));
  const groups = Map.groupBy(kept, ({ explains }) => [...explains.keys()].toSorted().join(' '));
  return [...groups.values()].map((members) => {
    const names = [...(members[0]?.explains.keys() ?? [])].toSorted();
    const own = (among: ReadonlySet<Hypothesis>): number =>
      names.filter((name) => (byName.get(name) ?? []).every((it) => members.includes(it) || !among.has(it)))
        .length;
    const support = { alone: own(new Set(all)), best: own(new Set(kept)) };
    return proposalOf({ members: members.toSorted(byOrder), names }, support, content);
  });
}

/** Another one explains all of it and more. */
function isNeedless(one: Hypothesis, byName: ReadonlyMap<string, readonly Hypothesis[]>): boolean {
  const [first = ''] = one.explains.keys();
  return (byName.get(first) ?? []).some(
    ({ explains }) =>
      explains.size > one.explains.size && [...one.explains.keys()].every((name) => explains.has(name)),
  );
}

function byOrder(a: Hypothesis, b: Hypothesis): number {
  const order: readonly string[] = readSchemes;
  return order.indexOf(a.scheme) - order.indexOf(b.scheme);
}

function proposalOf(
  group: Group,
  support: { readonly alone: number; readonly best: number },
  content: Content,
): ProposedMirror {
  const { members, names } = group;
  const [lead, ...others] = members;
  if (lead === undefined) throw new Error('an empty group');
  const proved = names.filter((name) => content.has(name));
  const evident = lead.scheme === 'prefix-host-path' && names.some((name) => isSelfEvident(lead, name));
  const { globs, isNarrow } = agreed(group, content);
  const confidence = ((): Confidence => {
    if (globs.length === 0 || support.best === 0) return 'unsure';
    if (names.length < 2) return proved.length > 0 || evident ? 'likely' : 'unsure';
    if (proved.length === 0 && lead.scheme === 'last-segment' && others.length === 0 && support.alone < 2) {
      return 'unsure';
    }
    return !isNarrow && (proved.length > 0 || evident) ? 'certain' : 'likely';
  })();
  const written = (it: Hypothesis): PresetMirror => writtenAs(it, confidence === 'unsure' ? [] : globs);
  return {
    mirror: written(lead),
    confidence,
    evidence: names.map((name) => evidenceOf(lead, name, content)),
    rivals: confidence === 'unsure' || isNarrow ? others.map((it) => writtenAs(it, [])) : [],
  };
}

function isSelfEvident({ at }: Hypothesis, name: string): boolean {
  return hostInName(name.slice(at.length + 1)) !== undefined;
}

function evidenceOf({ explains }: Hypothesis, name: string, content: Content): MirrorEvidence {
  const [original = ''] = explains.get(name) ?? [];
  return { fact: content.has(name) ? 'same-content' : 'name', mirrored: name, original };
}

/** Names that nobody has, of every form that the schemes treat differently. */
const samples = ['zz9', 'library/zz9', 'zy8/zz9', 'zx7/zy8/zz9'];

/** The originals, as globs, for which all members of the group give one name. */
function agreed(
  { members, names }: Group,
  content: Content,
): { readonly globs: readonly string[]; readonly isNarrow: boolean } {
  const read = names.flatMap((name) => {
    const originals = [...new Set(members.flatMap(({ explains }) => [...(explains.get(name) ?? [])]))];
    const hosts = new Set(originals.map(hostOf));
    return hosts.size === 1 ? originals.map((original) => ({ name, original, host: hostOf(original) })) : [];
  });
  const keepsHost = ['prefix-host-path', 'host-alias'].includes(members[0]?.scheme ?? '');
  const globs: string[] = [];
  let isNarrow = false;
  for (const [host, of] of Map.groupBy(read, (it) => it.host)) {
    const proved = keepsHost || host === 'docker.io' || of.some(({ name }) => content.has(name));
    // Paths of other registries often exist on Docker Hub too: one name alone does not tell the host.
    if (!proved && new Set(of.map(({ name }) => name)).size < 2) continue;
    if (samples.every((sample) => agreeOn(`${host}/${sample}`, members))) {
      globs.push(`${host}/**`);
      continue;
    }
    isNarrow = true;
    const folders = new Set(of.map(({ original }) => original.slice(0, original.lastIndexOf('/'))));
    globs.push(...[...folders].filter((it) => agreeOn(`${it}/zz9`, members)).map((it) => `${it}/*`));
  }
  return { globs: globs.toSorted(), isNarrow };
}

function agreeOn(original: string, members: readonly Hypothesis[]): boolean {
  const reference = parseReference(original);
  const names = members.map((it) => {
    const named = mirrorReference(draftMirror({ ...writtenAs(it, []), match: ['**'] }), reference);
    return named && `${named.registry}/${named.repository}`;
  });
  return names[0] !== undefined && names.every((name) => name === names[0]);
}

/** As a person would write it; without globs for what the scheme serves by default. */
function writtenAs({ scheme, at, explains }: Hypothesis, globs: readonly string[]): PresetMirror {
  const name = mirrorName(at);
  if (scheme === 'host-alias') {
    const pairs = [...explains].flatMap(([mirrored, originals]) => {
      const hosts = new Set([...originals].map(hostOf));
      return hosts.size === 1 ? [...hosts].map((host) => [host, hostOf(mirrored)] as const) : [];
    });
    const aliases = Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const isAll = Object.keys(aliases).every((host) => globs.includes(`${host}/**`));
    return { name, ...(isAll || globs.length === 0 ? {} : { match: globs }), scheme, aliases };
  }
  const upstreams = new Set(globs.map(hostOf));
  // A project of a Harbor has one upstream; a whole registry is no project.
  if (scheme === 'drop-host' && upstreams.size === 1 && at.includes('/')) {
    const isUsual = globs.length === 1 && globs[0] === 'docker.io/**';
    return { name, ...(isUsual ? {} : { match: globs }), scheme: 'harbor-proxy', at };
  }
  return { name, ...(globs.length === 0 ? {} : { match: globs }), scheme, at };
}

function hostOf(name: string): string {
  return name.split('/', 1).join('');
}
