import { chooseCopy } from '../../core/choose/index.ts';
import {
  formatReference,
  normaliseImage,
  parseReference,
  shortName,
  type Reference,
} from '../../core/image/index.ts';
import {
  isMirrored,
  mirrorReference,
  originalOf,
  originalReference,
} from '../../core/knowledge/mirrors/index.ts';
import {
  apiVersion,
  isDirect,
  type EditFileStep,
  type Mirror,
  type MirrorSet,
  type NewNames,
  type OverrideLayer,
  type PullPolicy,
  type RegistrySetting,
  type Replacement,
  type Rewrite,
  type RewriteChange,
  type RewriteLeft,
  type SourceFile,
  type Supply,
  type Usage,
} from '../../core/model/index.ts';
import { editsFor, fileSteps } from './files.ts';
import { numbered } from './order.ts';
import { coverageOf } from './coverage.ts';
import { namedAnew, withFollowers } from './followers.ts';
import { decideOpen, followed, withEnding, type Decided, type Decision } from './open-names.ts';
import { policyEdits } from './policies.ts';
import { withoutConflicts } from './shared-fields.ts';

export type RewriteInput = {
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly files: readonly SourceFile[];
  readonly usages: readonly Usage[];
  readonly mirrors: MirrorSet;
  readonly options: RewriteChoice;
  /** What origins and mirrors answered, when they were asked. */
  readonly supplies: readonly Supply[];
  /** What gives images their names at the end, beside the files that say them first. */
  readonly layers?: readonly OverrideLayer[];
  /** Paths of files that nobody may change. */
  readonly sealed?: readonly string[];
  /** Registry settings of installers. */
  readonly settings?: readonly RegistrySetting[];
};

export type RewriteChoice = {
  readonly names: NewNames;
  /** Images that a controller puts into pods, too. */
  readonly indirect: boolean;
  /** Add the digest that the registry gave. */
  readonly lock: boolean;
  readonly allowUnverified: boolean;
  readonly pullPolicy?: Exclude<PullPolicy, 'Never'>;
  /** Only these images, by full names, get new names, and exactly these; no mirror is asked. */
  readonly only?: ReadonlyMap<string, { readonly with: string; readonly mirror: string }>;
};

/** Names every image anew that a mirror serves (or, back, that stands on one), as steps that edit files. Pure. */
export function planRewrite(input: RewriteInput): Rewrite {
  const { files, options } = input;
  const texts = new Map(files.map((file) => [file.path, file.text]));
  const { changes, left } = withoutConflicts(decided(input, texts), input.usages);
  const mends = changes.map(({ usage, edits = [], ...change }) => ({
    usage,
    replacement: replacementOf(usage, change),
    edits,
  }));
  const policies = policyEdits({ ...input, options }, changes);
  const { settings = [] } = input;
  for (const { edit, left: reason = 'unfit', usage, detail, ...how } of settings) {
    if (edit === undefined) left.push({ usage, reason, ...detailed(detail) });
    else changes.push({ usage, with: how.with, mirror: how.mirror, edits: [edit] });
  }
  const more = withSettings(byFile(policies.map(({ edit }) => edit)), settings);
  const steps = numbered({ secrets: [], remedies: [fileSteps(files, mends, more)] });
  const plan = {
    apiVersion,
    kind: 'RepairPlan',
    metadata: { name: input.name, createdAt: input.createdAt },
    spec: { replacements: distinct(mends.map(({ replacement }) => replacement)), steps, unmended: [] },
  } as const;
  return { plan, changes, left, policies };
}

function decided(input: RewriteInput, texts: ReadonlyMap<string, string>): Decided {
  const { options, usages } = input;
  const { mirrors } = input.mirrors;
  const supplies = new Map(input.supplies.map((supply) => [supply.image, supply]));
  const sealed = new Set(input.sealed ?? []);
  const coverage = coverageOf(input.files, usages, input.layers ?? []);
  const changes: RewriteChange[] = [];
  const left: RewriteLeft[] = [];
  const decideOne = (usage: Usage): Decision | undefined => {
    const whole = withEnding(usage, coverage.endingFor(usage));
    const decision = decide(whole, mirrors, options, supplies);
    if (decision === undefined || 'left' in decision || whole === usage) return decision;
    // The entry says no tag, and goes on saying none.
    return {
      ...decision,
      to: decision.to.slice(0, decision.to.length - (whole.image.length - usage.image.length)),
    };
  };
  for (const usage of usages) {
    if (!options.indirect && !isDirect(usage.place)) continue;
    if (usage.place === 'copyList') continue;
    const decision = coverage.isCovered(usage) ? undefined : decideOne(usage);
    if (decision === undefined) continue;
    if ('left' in decision) {
      left.push({ usage, reason: decision.left, ...detailed(decision.detail) });
      continue;
    }
    const { to, digest, ...how } = decision;
    if (sealed.has(usage.position?.file ?? '')) {
      left.push({ usage, reason: 'sealed', detail: to });
      continue;
    }
    const text = texts.get(usage.position?.file ?? '');
    const pinned = digest === undefined || to.includes('@') ? to : `${to}@${digest}`;
    const place = coverage.followers.has(usage) ? namedAnew(usage) : usage;
    const name = editsFor(place, pinned, text) === undefined ? to : pinned;
    const edits = editsFor(place, name, text);
    const absent = absentSetting(usage, name);
    if (absent !== undefined) left.push(absent);
    else if (edits === undefined) left.push({ usage, reason: 'unfit', detail: name });
    else {
      changes.push({ usage, with: name, ...how, edits });
      if (name !== pinned) left.push({ usage, reason: 'no-digest', detail: pinned });
    }
  }
  return withFollowers(followed({ changes, left: eachOnce(left) }, mirrors, texts), coverage);
}

/** Undefined for an image that stays as it is: no mirror serves it, or it stands where it should already. */
function decide(
  usage: Usage,
  mirrors: readonly Mirror[],
  options: RewriteChoice,
  supplies: ReadonlyMap<string, Supply>,
): Decision | undefined {
  if (options.only !== undefined) return given(usage, options.only);
  if (usage.open !== undefined) return decideOpen(usage.open, mirrors, options);
  if (usage.reference === undefined) return undefined;
  const reference = parseReference(usage.reference);
  const home = mirrors.filter((mirror) => isMirrored(mirror, reference));
  if (options.names === 'origin') return backTo(usage, reference, home);
  const pin = options.lock ? pinOf(usage, supplies.get(usage.reference)) : undefined;
  if (home.length > 0) return pin;
  const known = originalOf(reference, mirrors);
  const base = known?.certainty === 'certain' ? known.original : reference;
  const serving = mirrors.flatMap((mirror) => {
    const name = mirrorReference(mirror, base);
    return name === undefined ? [] : [{ mirror: mirror.name, to: formatReference(name) }];
  });
  if (serving.length === 0) return pin;
  return options.names === 'scheme' ? serving[0] : chosen(supplies.get(usage.reference), options);
}

/** The name that was chosen before; one without a tag gets that of the images which it begins. */
function given(
  { reference, open, image }: Usage,
  only: NonNullable<RewriteChoice['only']>,
): Decision | undefined {
  if (open === undefined) {
    const copy = only.get(reference ?? image);
    return copy && { to: copy.with, mirror: copy.mirror };
  }
  if (open.tail.startsWith('/')) return undefined;
  const bare = normaliseImage(open.name).replace(/:latest$/, '');
  const names = [...only].flatMap(([original, copy]) =>
    withoutEnding(original) === bare
      ? [{ to: `${withoutEnding(copy.with)}${open.tail}`, mirror: copy.mirror }]
      : [],
  );
  const [first] = names;
  return first !== undefined && names.every(({ to }) => to === first.to) ? first : undefined;
}

function withoutEnding(image: string): string {
  return image.replace(/(?::[^/:@]*)?(?:@.*)?$/, '');
}

/** One line for all images of a setting that is not there. */
function eachOnce(left: readonly RewriteLeft[]): RewriteLeft[] {
  const seen = new Set<string>();
  return left.filter(({ usage, reason, detail }) => {
    if (reason !== 'setting-absent') return true;
    const key = `${usage.object.kind} ${usage.object.namespace} ${usage.object.name} ${usage.path} ${detail}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The registry of a program, by its default: the field that would say another one, told once for all images. */
function absentSetting(usage: Usage, name: string): RewriteLeft | undefined {
  const { parts, reason } = usage;
  const [field] = parts?.fields ?? [];
  if (reason !== 'registry-setting' || field === undefined || field.position !== undefined) return undefined;
  const value = name.slice(0, name.length - (parts?.ending.length ?? 0));
  return { usage, reason: 'setting-absent', detail: `${usage.name}: ${value}` };
}

function byFile(edits: EditFileStep['edits']): ReadonlyMap<string, EditFileStep['edits']> {
  return Map.groupBy(edits, ({ file }) => file);
}

function withSettings(
  edits: ReadonlyMap<string, EditFileStep['edits']>,
  settings: readonly RegistrySetting[],
): ReadonlyMap<string, EditFileStep['edits']> {
  const all = new Map(edits);
  for (const { edit } of settings) {
    const made = edit === undefined ? [] : (all.get(edit.file) ?? []);
    // Settings of one document share an edit.
    if (edit !== undefined && !made.includes(edit)) all.set(edit.file, [...made, edit]);
  }
  return all;
}

/** The first scheme that can be turned round; a name in one field comes back in the short form. */
function backTo(usage: Usage, reference: Reference, home: readonly Mirror[]): Decision | undefined {
  if (home.length === 0) {
    const known = originalOf(reference, []);
    if (known?.certainty !== 'certain') return undefined;
    return { mirror: reference.registry, to: ownName(usage, known.original) };
  }
  for (const mirror of home) {
    const original = originalReference(mirror, reference);
    if (original === undefined) continue;
    return { mirror: mirror.name, to: ownName(usage, original) };
  }
  return { left: 'no-inverse', detail: home.map(({ name, scheme }) => `${name}: ${scheme}`).join(', ') };
}

function ownName({ parts }: Usage, original: Reference): string {
  const isWhole = parts === undefined || parts.fields.length === 1;
  return isWhole ? shortName(original) : formatReference(original);
}

/** For an image that keeps its name: the digest that its own registry gives. */
function pinOf(usage: Usage, supply: Supply | undefined): Decision | undefined {
  const { reference = usage.image } = usage;
  if (reference.includes('@')) return undefined;
  const digest = supply?.origin.digest;
  if (digest === undefined) return { left: 'no-digest', detail: supply?.origin.detail ?? reference };
  return { to: /:[^/]*$/.test(usage.image) ? usage.image : `${usage.image}:latest`, digest };
}

function chosen(supply: Supply | undefined, { allowUnverified, lock }: RewriteChoice): Decision {
  const choice = chooseCopy(supply, { allowUnverified });
  if (!choice.ok) {
    const { reason, doubtful, asked = '' } = choice;
    return { left: reason, detail: doubtful?.reference ?? asked };
  }
  const { reference, mirror, identity, probe } = choice.copy;
  const digest = lock ? probe.digest : undefined;
  return { to: reference, mirror, identity, ...(digest === undefined ? {} : { digest }) };
}

function replacementOf(usage: Usage, change: Omit<RewriteChange, 'usage'>): Replacement {
  return {
    image: usage.reference ?? usage.image,
    with: change.with,
    mirror: change.mirror ?? '',
    platforms: [],
    identity: change.identity ?? 'unverified',
  };
}

function distinct(replacements: readonly Replacement[]): readonly Replacement[] {
  return [...new Map(replacements.map((one) => [`${one.image} ${one.with}`, one])).values()];
}

function detailed(detail: string | undefined): { readonly detail?: string } {
  return detail === undefined ? {} : { detail };
}
