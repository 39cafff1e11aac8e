import { normaliseImage } from '../core/image/index.ts';
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
  const { kind, apiVersion } = step.object;
  const info = kindInfo(kind, apiVersion);
  const base = info?.podSpecPath;
  if (base !== undefined && path.startsWith(`${base}/`)) {
    const field = path.slice(base.length);
    if (imageField.test(field)) return isAllowedImage(after, allowed) ? undefined : notAnImage(path, after);
    if (policyField.test(field)) return policies.includes(after) ? undefined : `${path} is no pull policy`;
    if (field === '/imagePullSecrets') return secretsAdded(path, before, after);
    if (isSource(step) && before === undefined && argumentField.test(field))
      return flagOf(change, step, allowed);
    if (settingField.test(field)) return inText(change, step, allowed);
  }
  if (step.object.kind === 'ConfigMap' && /^\/data\/[^/]+$/.test(path)) return inText(change, step, allowed);
  if (isSource(step)) {
    if (kind === 'MutatingAdmissionPolicy' && policyText.test(path)) return inText(change, step, allowed);
    // A custom resource: whatever its fields are called, they may hold an image of the plan, or a part of its name.
    if (info === undefined && path.startsWith('/spec/')) return inName(change, step, allowed);
  }
  return `${path} of ${kind} is nothing that a repair changes`;
}

const imageField = /^\/(?:(?:containers|initContainers)\/\d+\/image|volumes\/\d+\/image\/reference)$/;
const policyField =
  /^\/(?:(?:containers|initContainers)\/\d+\/imagePullPolicy|volumes\/\d+\/image\/pullPolicy)$/;
/** Where programs take the images of pods that they make. */
const settingField = /^\/(?:containers|initContainers)\/\d+\/(?:env\/\d+\/value|args\/\d+|command\/\d+)$/;

const policyText = /^\/spec\/mutations\/\d+\/(?:jsonPatch|applyConfiguration)\/expression$/;

function isSource(step: Step): boolean {
  return step.kind === 'patch' && step.followers !== undefined;
}

/**
 * The field names an image that the step expects, whole or in part, and comes to name the one in its place: the parts
 * that other fields hold (`registry`, `repository`) are judged each by itself.
 */
function inName(change: FieldChange, step: Step, allowed: Allowed): string | undefined {
  const { path, before, after } = change;
  if (typeof after !== 'string') return `${path} is no text`;
  const foreign = step.expect.find(({ imageAfter }) => !allowed.images.has(imageAfter));
  if (foreign !== undefined) return notAnImage(path, foreign.imageAfter);
  const isPart = step.expect.some(
    ({ imageBefore, imageAfter }) =>
      (before === undefined || isPartOf(before, imageBefore)) && isPartOf(after, imageAfter),
  );
  if (isPart) return undefined;
  return before === undefined ? notAnImage(path, after) : inText(change, step, allowed);
}

/** `harbor.corp/library`, `acme/app`, `acme/app:1` of `harbor.corp/library/acme/app:1`. */
function isPartOf(text: Json, image: string): boolean {
  if (typeof text !== 'string') return false;
  const name = normaliseImage(image) ?? image;
  const part = text.replace(/^\/|\/$/g, '');
  return (
    part !== '' &&
    [image, name].some((whole) =>
      `/${whole}/`.replaceAll(/[:@]/g, '/').includes(`/${part.replaceAll(/[:@]/g, '/')}/`),
    )
  );
}

const argumentField = /^\/(?:containers|initContainers)\/\d+\/args\/\d+$/;

/** A flag that comes to an operator, with nothing but an image of the plan. */
function flagOf({ path, after }: FieldChange, { expect }: Step, { images }: Allowed): string | undefined {
  const image = /^--?[A-Za-z][\w.-]*=(.+)$/.exec(typeof after === 'string' ? after : '')?.[1];
  const isMeant =
    image !== undefined && images.has(image) && expect.some(({ imageAfter }) => imageAfter === image);
  return isMeant ? undefined : notAnImage(path, after);
}

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
