import { z } from 'zod';
import { HOST_STATES } from '../../../upstreams/client.ts';

/** The outside world as a scenario tells it: hosts, images, faults. */

export const hosts = z.record(z.string(), z.enum(HOST_STATES));

export const image = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .optional()
      .describe('name for `${digest:ID}` and `${digest:ID:linux/amd64}`'),
    name: z.string().describe('full reference with tag; where the image is placed first'),
    at: z.array(z.string()).optional().describe('further references that get the same bytes'),
    platforms: z.array(z.string()).nonempty().optional().describe('default linux/amd64 and linux/arm64'),
    layers: z.int().nonnegative().optional(),
    layerBytes: z.int().positive().optional(),
    runnable: z.boolean().optional().describe('has a busybox layer; default true'),
    cmd: z.array(z.string()).optional().describe('default: sleep, ends at once on SIGTERM'),
    format: z.enum(['oci', 'docker']).optional(),
    multiArch: z.boolean().optional().describe('false: a plain manifest instead of an index'),
    seed: z.string().optional().describe('another seed makes another image under the same name'),
  })
  .describe('an image that upstream registries hold');
export type Image = z.infer<typeof image>;

const faultTarget = {
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional()
    .describe('name for `mended` in an action of `when`'),
  host: z.string(),
  repository: z.string().describe('this repository and those below it'),
  only: z.enum(['manifests', 'blobs', 'token']).optional(),
  first: z.int().positive().optional().describe('only the first so many requests'),
};

export const fault = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...faultTarget,
      kind: z.literal('status'),
      status: z.literal([401, 403, 404, 429, 500, 502, 503]),
      retryAfterSeconds: z.number().optional(),
    }),
    z
      .strictObject({
        ...faultTarget,
        kind: z.literal('rate-limit'),
        requests: z.int().nonnegative().describe('so many are answered in each window'),
        windowSeconds: z.number().positive().optional().describe('without it the limit lasts'),
        retryAfterSeconds: z.int().nonnegative().optional().describe('default: what is left of the window'),
      })
      .describe('429 with Retry-After for what comes above the limit'),
    z.strictObject({ ...faultTarget, kind: z.literal('html') }),
    z.strictObject({
      ...faultTarget,
      kind: z.literal('slow'),
      firstByteDelayMs: z.number().optional(),
      bytesPerSecond: z.number().optional(),
    }),
    z.strictObject({ ...faultTarget, kind: z.literal('reset-blob'), afterBytes: z.number().optional() }),
    z.strictObject({ ...faultTarget, kind: z.literal('wrong-blob') }),
    z.strictObject({ ...faultTarget, kind: z.literal('redirect-blobs'), to: z.string() }),
    z.strictObject({ ...faultTarget, kind: z.literal('wrong-digest') }),
    z.strictObject({ ...faultTarget, kind: z.literal('without-platform'), platform: z.string() }),
    z.strictObject({
      ...faultTarget,
      kind: z.literal('require-auth'),
      username: z.string().optional(),
      password: z.string().optional(),
    }),
    z.strictObject({ ...faultTarget, kind: z.literal('gone-for-all') }),
  ])
  .describe('what goes wrong for one repository of one host');
export type ScenarioFault = z.infer<typeof fault>;
