import { formatReference, parseReference, shortName, type Reference } from '../../core/image/index.ts';
import {
  isMirrored,
  mirrorReference,
  originalOf,
  originalReference,
} from '../../core/knowledge/mirrors/index.ts';
import {
  apiVersion,
  isDirect,
  type Candidate,
  type EditFileStep,
  type Mirror,
  type MirrorSet,
  type NewNames,
  type PullPolicy,
  type RegistrySetting,
  type Replacement,
  type Rewrite,
  type RewriteChange,
  type RewriteLeft,
  type RewriteReason,
  type SourceFile,
  type Supply,
  type Usage,
} from '../../core/model/index.ts';
import { editsFor, fileSteps } from './files.ts';
import { numbered } from './order.ts';
import { policyEdits } from './policies.ts';

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
};

type Decision =
  | ({ readonly to: string; readonly digest?: string } & Omit<RewriteChange, 'usage' | 'with'>)
  | { readonly left: RewriteReason; readonly detail?: string };

/** Names every image anew that a mirror serves (or, back, that stands on one), as steps that edit files. Pure. */
export function planRewrite(input: RewriteInput): Rewrite {
  const { files, mirrors, options } = input;
  const supplies = new Map(input.supplies.map((supply) => [supply.image, supply]));
  const changes: RewriteChange[] = [];
  const left: RewriteLeft[] = [];
  for (const usage of input.usages) {
    if (!options.indirect && !isDirect(usage.place)) continue;
    const decision = decide(usage, mirrors.mirrors, options, supplies);
    if (decision === undefined) continue;
    if ('left' in decision) {
      left.push({ usage, reason: decision.left, ...detailed(decision.detail) });
      continue;
    }
    const { to, digest, ...how } = decision;
    const pinned = digest === undefined || to.includes('@') ? to : `${to}@${digest}`;
    const name = editsFor(usage, pinned) === undefined ? to : pinned;
    if (editsFor(usage, name) === undefined) left.push({ usage, reason: 'unfit', detail: name });
    else {
      changes.push({ usage, with: name, ...how });
      if (name !== pinned) left.push({ usage, reason: 'no-digest', detail: pinned });
    }
  }
  const mends = changes.map(({ usage, ...change }) => ({ usage, replacement: replacementOf(usage, change) }));
  const policies = policyEdits(input, changes);
  const { settings = [] } = input;
  for (const { edit, left: reason = 'unfit', usage, detail, ...how } of settings) {
    if (edit === undefined) left.push({ usage, reason, ...detailed(detail) });
    else changes.push({ usage, with: how.with, mirror: how.mirror });
  }
  const more = withSettings(policies, settings);
  const steps = numbered({ secrets: [], remedies: [fileSteps(files, mends, more)] });
  const plan = {
    apiVersion,
    kind: 'RepairPlan',
    metadata: { name: input.name, createdAt: input.createdAt },
    spec: { replacements: distinct(mends.map(({ replacement }) => replacement)), steps, unmended: [] },
  } as const;
  return { plan, changes, left };
}

/** Undefined for an image that stays as it is: no mirror serves it, or it stands where it should already. */
function decide(
  usage: Usage,
  mirrors: readonly Mirror[],
  options: RewriteChoice,
  supplies: ReadonlyMap<string, Supply>,
): Decision | undefined {
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

function chosen(supply: Supply | undefined, options: RewriteChoice): Decision {
  const candidates = supply?.candidates ?? [];
  const best = candidates.find((candidate) => mayUse(candidate, supply, options));
  if (best !== undefined) {
    const { reference, mirror, identity, probe } = best;
    return {
      to: reference,
      mirror,
      identity,
      ...(options.lock && probe.digest !== undefined ? { digest: probe.digest } : {}),
    };
  }
  const doubtful = candidates.find(works);
  if (doubtful !== undefined) {
    const different = doubtful.identity === 'different';
    return { left: different ? 'only-different' : 'only-unverified', detail: doubtful.reference };
  }
  const answered = candidates.some(({ probe }) => probe.outcome === 'absent');
  const asked = candidates.map(({ mirror, probe }) => `${mirror} ${probe.outcome}`).join(', ');
  return { left: answered ? 'no-copy' : 'mirrors-fail', detail: asked };
}

/** As `fix` does: a name that the registry itself denies may be any image elsewhere. */
function mayUse(candidate: Candidate, supply: Supply | undefined, options: RewriteChoice): boolean {
  if (options.allowUnverified) return works(candidate);
  const isDenied = supply?.origin.outcome === 'absent' && supply.original?.certainty !== 'certain';
  return candidate.usable && (!isDenied || candidate.identity === 'same');
}

function works({ probe, missingPlatforms }: Candidate): boolean {
  return probe.outcome === 'works' && missingPlatforms.length === 0;
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
