import * as z from 'zod';
import { managerRefSchema } from './manager.ts';
import { apiVersion } from '../api.ts';
import { failureClasses } from '../failure-class.ts';
import { list, nameText, objectRef, text } from './values.ts';
import { stepSchema } from './step.ts';
import type { Usage } from '../usage.ts';

/** Stable names of why a usage is left alone. */
export const unmendedReasons = [
  'no-copy',
  'mirrors-fail',
  'name-taken',
  'only-different',
  'only-unverified',
  'mirror-useless',
  'invalid-name',
  'never-pull',
  'managed',
  'reverted',
  'admission',
  'owner-unreadable',
  'terminating',
  'always-pull',
  'always-load',
  'always-admission',
  'static-pod',
  'ephemeral-container',
  'paused',
  'partition',
  'job-progress',
  'old-revision',
  'unknown-owner',
  'escaped-text',
  'runtime-config',
  'cause-unknown',
  'not-selected',
] as const;
export type UnmendedReason = (typeof unmendedReasons)[number];

export const unmendedSchema = z
  .object({
    image: text,
    object: objectRef,
    /** Only shown: what is acted on stands in the steps. */
    usages: list(z.custom<Usage>((value) => typeof value === 'object' && value !== null)),
    pods: z.number(),
    class: z.enum(failureClasses),
    reason: z.enum(unmendedReasons),
    /** Fills the reason's text: the mirrors asked, the right that is missing. */
    detail: text.exactOptional(),
    /** Who would put a change back; in plans of before its name stands in `detail`. */
    manager: managerRefSchema.exactOptional(),
    /** A name on a writable mirror that the image has not got there yet. */
    copyTo: text.exactOptional(),
    /** The copy that would have been used: nodes can be given it under the original's name. */
    copy: text.exactOptional(),
    /** A service that fills one of the mirrors when it is asked for the image. */
    requestVia: text.exactOptional(),
  })
  .readonly();
/** A usage that no safe remedy exists for, and what a person can do. */
export type Unmended = z.infer<typeof unmendedSchema>;

export const replacementSchema = z
  .object({
    image: text,
    with: text,
    mirror: text,
    digest: text.exactOptional(),
    /** That digest and those of its platforms: what a kubelet may tell of a pod that runs it. */
    digests: list(text).exactOptional(),
    platforms: list(text),
    identity: z.enum(['same', 'different', 'unverified']),
    /** The copy is not there yet: a step of the plan makes it. */
    made: z.literal(true).exactOptional(),
  })
  .readonly();
/** One image of the plan: what replaces it and how sure that is. */
export type Replacement = z.infer<typeof replacementSchema>;

export const clusterIdentitySchema = z.object({ context: text, server: text, version: text }).readonly();
export type ClusterIdentity = z.infer<typeof clusterIdentitySchema>;

/** The name of a plan and of the run that carries it out: part of names of ConfigMaps. */
export const runName = nameText.regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/).max(63);

export const repairPlanSchema = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('RepairPlan'),
    metadata: z.object({ name: runName, createdAt: text }).readonly(),
    spec: z
      .object({
        /** Absent for a plan that edits files. */
        cluster: clusterIdentitySchema.exactOptional(),
        replacements: list(replacementSchema),
        /** In the order in which they are carried out. */
        steps: list(stepSchema),
        unmended: list(unmendedSchema),
      })
      .readonly(),
  })
  .readonly();
/** What will be done, as plain data: it can be saved, read, edited and applied later, on another machine. */
export type RepairPlan = z.infer<typeof repairPlanSchema>;
