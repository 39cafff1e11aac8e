import { kindInfo } from '../core/knowledge/pods/index.ts';
import type { FieldChange, Json, JsonObject, Step } from '../core/model/index.ts';

/** What a plan says its steps may write, for looking a plan through that somebody may have edited. */
export type Allowed = {
  /** Names that stand in for images: `with` of the plan's replacements, with and without digest. */
  readonly images: ReadonlySet<string>;
  /** What those stand in for, as runtimes name it. */
  readonly originals?: ReadonlySet<string>;
  /** Hosts of the configured mirrors. */
  readonly hosts: ReadonlySet<string>;
};

const policies: readonly unknown[] = ['Always', 'IfNotPresent'];

/** Why this change of a field is not one that mends an image; undefined when it is. */
export function unlawful(change: FieldChange, step: Step, allowed: Allowed): string | undefined {
  const { path, before, after } = change;
  const base = kindInfo(step.object.kind)?.podSpecPath;
  if (base !== undefined && path.startsWith(`${base}/`)) {
    const field = path.slice(base.length);
    if (imageField.test(field)) return isAllowedImage(after, allowed) ? undefined : notAnImage(path, after);
    if (policyField.test(field)) return policies.includes(after) ? undefined : `${path} is no pull policy`;
    if (field === '/imagePullSecrets') return secretsAdded(path, before, after);
    if (settingField.test(field)) return inText(change, step, allowed);
  }
  if (step.object.kind === 'ConfigMap' && /^\/data\/[^/]+$/.test(path)) return inText(change, step, allowed);
  return `${path} of ${step.object.kind} is nothing that a repair changes`;
}

const imageField = /^\/(?:(?:containers|initContainers)\/\d+\/image|volumes\/\d+\/image\/reference)$/;
const policyField =
  /^\/(?:(?:containers|initContainers)\/\d+\/imagePullPolicy|volumes\/\d+\/image\/pullPolicy)$/;
/** Where programs take the images of pods that they make. */
const settingField = /^\/(?:containers|initContainers)\/\d+\/(?:env\/\d+\/value|args\/\d+|command\/\d+)$/;

function isAllowedImage(value: Json, { images }: Allowed): boolean {
  return typeof value === 'string' && images.has(value);
}

function notAnImage(path: string, value: Json): string {
  return `${path} would become ${JSON.stringify(value)}, which is not among the replacements`;
}

/** A longer text: nothing in it but the images that the step expects may change. */
function inText(
  { path, before, after }: FieldChange,
  { expect }: Step,
  allowed: Allowed,
): string | undefined {
  if (typeof before !== 'string' || typeof after !== 'string') return `${path} is no text`;
  const foreign = expect.find(({ imageAfter }) => !allowed.images.has(imageAfter));
  if (foreign !== undefined) return notAnImage(path, foreign.imageAfter);
  const replaced = expect.reduce(
    (text, { imageBefore, imageAfter }) => text.replaceAll(imageBefore, imageAfter),
    before,
  );
  return replaced === after ? undefined : `${path} would change in more than its image`;
}

/** Secrets may be added, never taken away. */
function secretsAdded(path: string, before: Json | undefined, after: Json): string | undefined {
  const kept = Array.isArray(before) ? (before as readonly Json[]) : [];
  const list = Array.isArray(after) ? (after as readonly Json[]) : undefined;
  const isList = list?.every((entry) => Object.keys(entry as JsonObject).join(',') === 'name') ?? false;
  if (list === undefined || !isList) return `${path} is no list of pull secrets`;
  const names = new Set(list.map((entry) => JSON.stringify(entry)));
  return kept.every((entry) => names.has(JSON.stringify(entry)))
    ? undefined
    : `${path} would lose a pull secret`;
}
