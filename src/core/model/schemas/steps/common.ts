import * as z from 'zod';
import { managerRefSchema } from '../manager.ts';
import { remedyNameSchema } from '../remedy.ts';
import { count, jsonObject, list, nameText, objectRef, place, text } from '../values.ts';

/** A container whose image a step changes; verify asks the kubelet about it. */
export const expectationSchema = z
  .object({
    place,
    container: text,
    imageBefore: text,
    imageAfter: text,
    /** Digests of the planned content: its index, and the manifest of each platform. */
    digests: list(text).exactOptional(),
  })
  .readonly();
export type Expectation = z.infer<typeof expectationSchema>;

/**
 * `completed-pods`: with their logs; `running-containers`: they are stopped, their pod is deleted; `guarded-pods`: a
 * controller takes healthy pods away that a PodDisruptionBudget keeps; `node-files`: files of a node become others;
 * `runtime-restart`: they do, and a service of the node starts anew; `default-class`: claims get another class than before.
 */
export const losses = [
  'completed-pods',
  'running-containers',
  'guarded-pods',
  'node-files',
  'runtime-restart',
  'default-class',
] as const;

export const lossSchema = z
  .object({
    what: z.enum(losses),
    pods: count,
    /** Containers of a pod, `pod (containers)` of a step about several pods; empty where only the number is known. */
    names: list(text),
    /** The PodDisruptionBudget. */
    guard: text.exactOptional(),
  })
  .readonly();
/** As plans and records of before have it: what, and not what of. */
const lossInAWord = z.enum(losses).transform((what): Loss => ({ what, pods: 0, names: [] }));

/** Something that is lost for good when a step is carried out; asked for one by one, never answered by --yes. */
export type Loss = z.infer<typeof lossSchema>;

/** `refused`: the cluster said no when it was asked; the others are in adapters/kube/replace. */
export const doubts = ['webhook', 'quota', 'pods', 'put-back', 'refused'] as const;

export const untriedSchema = z.object({ what: z.enum(doubts), message: text }).readonly();
/** What could not be tried before, or was refused when it was. */
export type Untried = z.infer<typeof untriedSchema>;

/**
 * `no-helm`: no helm here; `no-right`: revisions may not be read; `unfinished`: the newest revision waits or failed;
 * `no-chart`: sub-charts are missing and cannot be had; `no-value`: no value moves the image; `other-changes`: the
 * upgrade would change more; `edited`: it would take back what somebody wrote; `older-helm`: the release is of Helm 4,
 * and this helm is older; `login`: the mirror wants a pull secret, or the pull policy changes too; `fails`: helm refuses.
 */
export const valuesRefusals = [
  'no-helm',
  'no-right',
  'unfinished',
  'no-chart',
  'no-value',
  'other-changes',
  'edited',
  'older-helm',
  'login',
  'fails',
] as const;
export type ValuesRefusal = (typeof valuesRefusals)[number];

/** Why a release is not mended by its values, and what its next upgrade needs. */
export const notByValuesSchema = z
  .object({
    why: z.enum(valuesRefusals),
    detail: text.exactOptional(),
    /** Values that give the images their new names, where they were found all the same. */
    override: jsonObject.exactOptional(),
  })
  .readonly();
export type NotByValues = z.infer<typeof notByValuesSchema>;

/** What every step has. */
export const common = {
  /** `s1`, `s2`, … in the order of the plan. */
  id: nameText,
  object: objectRef,
  /** The way that was chosen for its object; absent of copies, secrets, files, and in plans of before. */
  remedy: remedyNameSchema.exactOptional(),
  /** Who keeps the object as it is, where a more lasting way was not possible for that: it is to be changed there. */
  keptBy: managerRefSchema.exactOptional(),
  /** Steps that must have succeeded before this one. */
  needs: list(text),
  /** Steps whose pods should run before it is begun, as far as they do in time: webhooks that its write has to pass. */
  follows: list(text).exactOptional(),
  expect: list(expectationSchema),
  loss: z.union([lossSchema, lossInAWord]).exactOptional(),
  /** Running pods that a controller makes anew because of this step. */
  replaces: count.exactOptional(),
  untried: list(untriedSchema).exactOptional(),
  /** A program that wrote the field before and may write it again: the change is watched for its next turn. */
  mayRevert: text.exactOptional(),
  /** What will overwrite the change; a text in plans and records of before. */
  overwrittenBy: z.union([managerRefSchema, text]).exactOptional(),
  /** Of what a Helm release brought: why its values are not changed in place of it. */
  notByValues: notByValuesSchema.exactOptional(),
};
