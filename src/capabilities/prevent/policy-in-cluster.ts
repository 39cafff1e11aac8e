import { isDeepStrictEqual } from 'node:util';
import type { Kube } from '../../adapters/kube/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import { dig, digText, objectRef } from '../../core/knowledge/pods/index.ts';
import { policyName, preventionLabel } from '../../core/knowledge/prevention/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../../core/model/index.ts';

const kind = 'MutatingAdmissionPolicy';
const group = 'admissionregistration.k8s.io';
/** Generally available from 1.36, beta from 1.34, alpha from 1.32 (KEP-3962). */
const versions = ['v1', 'v1beta1', 'v1alpha1'];

/** The newest version of the policy that the API server serves. Errors: PM_NO_ADMISSION_POLICY. */
export async function servedPolicy(kube: Kube): Promise<string> {
  for (const version of versions) {
    try {
      // Of the binding: the server itself is asked, no table of kinds.
      await kube.kindInfo(`${kind}Binding`, `${group}/${version}`);
      return `${group}/${version}`;
    } catch (error) {
      if (!isError(error, 'PM_UNKNOWN_KIND')) throw error;
    }
  }
  throw new PullmendError('PM_NO_ADMISSION_POLICY', { version: kube.identity.version });
}

/** Policy and binding, in the order in which they are made. */
export function policyRefs(apiVersion: string): readonly ObjectRef[] {
  return [kind, `${kind}Binding`].map((each) => ({ apiVersion, kind: each, name: policyName }));
}

/** What is there of these objects. Errors: PM_NOT_OURS where somebody else made one of this name. */
export async function findPolicy(
  kube: Kube,
  refs: readonly ObjectRef[],
): Promise<readonly (JsonObject | undefined)[]> {
  return await Promise.all(
    refs.map(async (ref) => {
      const object = await kube.find(ref);
      if (object !== undefined && !isOurs(object)) {
        throw new PullmendError('PM_NOT_OURS', { object: objectName(ref) });
      }
      return object;
    }),
  );
}

function isOurs(object: JsonObject): boolean {
  return Object.entries(preventionLabel).every(
    ([key, value]) => digText(object, 'metadata', 'labels', key) === value,
  );
}

/** Makes what is not there and changes what is otherwise; each write only on what was read. */
export async function writePolicy(
  kube: Kube,
  objects: readonly JsonObject[],
  found: readonly (JsonObject | undefined)[],
  options: { readonly dryRun: boolean },
): Promise<void> {
  for (const [index, object] of objects.entries()) {
    const before = found[index];
    if (before === undefined) await kube.create(object, options);
    else if (!isSame(object, before)) {
      const resourceVersion = digText(before, 'metadata', 'resourceVersion') ?? '';
      await kube.replace(
        { ...object, metadata: { ...(object.metadata as JsonObject), resourceVersion } },
        options,
      );
    }
  }
}

/** The binding first: a policy without one does nothing. */
export async function removePolicy(
  kube: Kube,
  found: readonly (JsonObject | undefined)[],
  options: { readonly dryRun: boolean },
): Promise<void> {
  for (const object of found.toReversed()) {
    if (object === undefined) continue;
    const { uid, ...ref } = objectRef(object);
    await kube.delete(ref, { ...options, ...(uid === undefined ? {} : { uid }) });
  }
}

/** Does the object say what it should; what the API server fills in beside that does not count. */
export function isSame(wanted: JsonObject, found: JsonObject): boolean {
  return isPart(dig(wanted, 'spec'), dig(found, 'spec'));
}

function isPart(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part) && Array.isArray(whole)) {
    return part.length === whole.length && part.every((item, index) => isPart(item, whole[index]));
  }
  if (isRecord(part) && isRecord(whole)) {
    return Object.entries(part).every(
      ([key, value]) => isPart(value, whole[key]) || isNothing(value, whole[key]),
    );
  }
  return isDeepStrictEqual(part, whole);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An empty selector may not come back. */
function isNothing(value: unknown, found: unknown): boolean {
  return found === undefined && isRecord(value) && Object.keys(value).length === 0;
}
