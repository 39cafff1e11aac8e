import { formatReference, tryParseReference, type Reference } from '../../core/image/index.ts';
import {
  isMirrored,
  mirrorReference,
  originalOf,
  originalReference,
} from '../../core/knowledge/mirrors/index.ts';
import type {
  Mirror,
  NewNames,
  OpenName,
  RewriteChange,
  RewriteLeft,
  RewriteReason,
  Usage,
} from '../../core/model/index.ts';
import { editsFor } from './files.ts';

/** A new name for one place, or why it stays. */
export type Decision =
  | ({ readonly to: string; readonly digest?: string } & Omit<RewriteChange, 'usage' | 'with'>)
  | { readonly left: RewriteReason; readonly detail?: string };

export type Decided = { readonly changes: RewriteChange[]; readonly left: RewriteLeft[] };

/**
 * A name of which only a part is known can be moved by a naming scheme, where that does the same to whatever completes
 * it. No registry can be asked for it.
 */
export function decideOpen(
  open: OpenName,
  mirrors: readonly Mirror[],
  { names }: { readonly names: NewNames },
): Decision | undefined {
  const { tail } = open;
  const samples = samplesOf(open);
  const references = samples.flatMap((sample) => tryParseReference(sample) ?? []);
  if (references.length < samples.length) return undefined;
  const home = mirrors.filter((mirror) => references.every((it) => isMirrored(mirror, it)));
  if (names === 'origin') {
    const [mirror] = home;
    if (mirror === undefined) return undefined;
    const to = common(
      open,
      references.map((it) => originalReference(mirror, it)),
    );
    return to === undefined ? { left: 'no-inverse', detail: mirror.name } : { to, mirror: mirror.name };
  }
  if (home.length > 0) return undefined;
  for (const mirror of mirrors) {
    const to = common(
      open,
      references.map((it) => mirrorReference(mirror, tail.startsWith('/') ? it : baseOf(it, mirrors))),
    );
    if (to === undefined) continue;
    return names === 'scheme' ? { to, mirror: mirror.name } : { left: 'open-name', detail: to };
  }
  return undefined;
}

/** The name of which this one is a copy already. */
function baseOf(reference: Reference, mirrors: readonly Mirror[]): Reference {
  const known = originalOf(reference, mirrors);
  return known?.certainty === 'certain' ? known.original : reference;
}

/** Below a registry any image may stand: two of them show what a scheme does to all. */
function samplesOf({ name, tail }: OpenName): readonly string[] {
  return tail.startsWith('/') ? ['one', 'two'].map((image) => `${name}/${image}`) : [name];
}

function common(
  { tail }: OpenName,
  names: readonly ({ readonly registry: string; readonly repository: string } | undefined)[],
): string | undefined {
  const texts = names.map(
    (it) => it && formatReference({ registry: it.registry, repository: it.repository }),
  );
  const bare = texts.map((text) => text?.replace(/:latest$/, ''));
  if (!tail.startsWith('/')) return bare[0] === undefined ? undefined : `${bare[0]}${tail}`;
  const [first, second] = bare.map((text, at) => text?.replace(at === 0 ? /\/one$/ : /\/two$/, ''));
  return first === undefined || first !== second || first === bare[0] ? undefined : `${first}${tail}`;
}

/**
 * An open name moves with the images that stand in the same field and are moved: the setting of a program serves all
 * of its images, and those with a known tag were asked for.
 */
export function followed(
  { changes, left }: Decided,
  mirrors: readonly Mirror[],
  texts: ReadonlyMap<string, string>,
): Decided {
  const mates = new Map(
    changes.flatMap(({ edits = [], mirror }) => edits.map((edit) => [placeOf(edit), mirror] as const)),
  );
  const stay: RewriteLeft[] = [];
  const more: RewriteChange[] = [];
  for (const one of left) {
    const { usage, reason } = one;
    const places = (usage.parts?.fields ?? []).flatMap(({ position }) =>
      position ? [placeOf(position)] : [],
    );
    const name =
      reason === 'open-name' ? places.map((it) => mates.get(it)).find((it) => it !== undefined) : undefined;
    const mirror = mirrors.find((it) => it.name === name);
    const decision = mirror && usage.open && decideOpen(usage.open, [mirror], { names: 'scheme' });
    const edits =
      decision && 'to' in decision
        ? editsFor(usage, decision.to, texts.get(usage.position?.file ?? ''))
        : undefined;
    if (decision === undefined || 'left' in decision || edits === undefined) stay.push(one);
    else more.push({ usage, with: decision.to, edits, ...(name === undefined ? {} : { mirror: name }) });
  }
  return { changes: [...changes, ...more], left: stay };
}

export function placeOf({ file, offset }: { readonly file: string; readonly offset: number }): string {
  return `${offset} ${file}`;
}

/** An entry without a tag, with the tag that all images have which it renames. */
export function withEnding(usage: Usage, ending: string | undefined): Usage {
  const { open, parts, image } = usage;
  if (open === undefined || open.tail !== '' || usage.override === undefined) return usage;
  if (ending === undefined || !/^[:@][\w.:@-]+$/.test(ending)) return usage;
  const reference = tryParseReference(`${image}${ending}`);
  if (reference === undefined) return usage;
  const { open: _, ...rest } = usage;
  return {
    ...rest,
    image: `${image}${ending}`,
    reference: formatReference(reference),
    ...(parts === undefined ? {} : { parts: { ...parts, ending } }),
  };
}
