import * as z from 'zod';
import { json, jsonObject, list, nameText, objectRef, pointer } from '../values.ts';
import { common, expectationSchema } from './common.ts';

/** What helm is told must not be taken for a flag. */
const argument = z.string().regex(/^[^-\s][^\s]*$/);

const chartSourceSchema = z.discriminatedUnion('from', [
  /** The release holds all of it. */
  z.object({ from: z.literal('release') }).readonly(),
  z.object({ from: z.literal('reference'), chart: argument, version: argument.exactOptional() }).readonly(),
  /** It cannot be had: the objects that the release holds, with other images in them, as a chart. */
  z.object({ from: z.literal('manifest') }).readonly(),
]);
/** Where the chart of an upgrade comes from. */
export type ChartSource = z.infer<typeof chartSourceSchema>;

const releaseChangeSchema = z
  .object({ object: objectRef, path: pointer, before: json.exactOptional(), after: json.exactOptional() })
  .readonly();
/** One value of an object that a release brings, before and after. */
export type ReleaseChange = z.infer<typeof releaseChangeSchema>;

/** What Helm says of a revision that did not come to its end (pkg/release/v1/status.go). */
const unfinishedStates = ['failed', 'pending-install', 'pending-upgrade', 'pending-rollback'] as const;

export const helmUpgradeStepSchema = z
  .object({
    ...common,
    kind: z.literal('helm-upgrade'),
    /** The newest when the plan was made, and still right before the upgrade. */
    revision: z.number().int().positive(),
    /** Of that revision, where it is not `deployed`: helm gave up, or went away in the middle. */
    unfinished: z.enum(unfinishedStates).exactOptional(),
    driver: z.enum(['secret', 'configmap']),
    chart: chartSourceSchema,
    /** Joins the values that the user gave; no secret. */
    override: jsonObject,
    /** All that the upgrade changes, as the API server renders it. */
    changes: list(releaseChangeSchema),
    /** What the release brings, as resources of roles: helm reads all of it. */
    resources: list(nameText),
    /** The workloads that it is for. */
    workloads: z
      .array(z.object({ object: objectRef, expect: list(expectationSchema) }).readonly())
      .readonly(),
    /** Server-side apply: helm writes every object. */
    serverSide: z.literal(true).exactOptional(),
  })
  .readonly();
/** Upgrades a Helm release with the values that it has, and some that give its images other names. */
export type HelmUpgradeStep = z.infer<typeof helmUpgradeStepSchema>;
