import { z } from 'zod';
import { amount, count, pattern, pointer, seconds } from './parts.ts';

/** What stands between pullmend and the cluster, as a scenario tells it: admission webhooks, refusals of the API server. */

const which = {
  matching: pattern.optional().describe('only objects whose JSON has this; the others are let through'),
  only: z.enum(['dry-run', 'real']).optional().describe('only requests of this kind'),
  skip: count.default(0).describe('so many that match are let through first'),
  times: count.optional().describe('only so many that match; default without end'),
};

export const webhookAnswer = z
  .union([
    z.literal('allow'),
    z.literal('down').describe('connection refused'),
    z.literal('no-endpoints').describe('its Service has no pod that is ready'),
    z.literal('garbage').describe('a web page with 200'),
    z.strictObject({
      ...which,
      reject: z.string().describe('what is told to the one who asks'),
      code: z.int().min(400).max(599).default(403),
    }),
    z.strictObject({
      ...which,
      patch: z
        .array(z.looseObject({ op: z.string(), path: pointer }))
        .nonempty()
        .describe('JSON Patch (RFC 6902); a mutating webhook only'),
    }),
    z.strictObject({ ...which, delay: seconds.describe('seconds; then it allows') }),
  ])
  .describe('how an admission webhook answers');
export type WebhookAnswer = z.infer<typeof webhookAnswer>;

export const webhook = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .describe(
        'Service in the namespace; the configuration is `${ns}-NAME`, the webhook `NAME.lab.example`',
      ),
    mutating: z.boolean().default(false),
    rules: z.array(z.looseObject({ operations: z.array(z.string()) })).nonempty(),
    objectSelector: z.looseObject({}).optional(),
    failurePolicy: z.enum(['Fail', 'Ignore']).default('Fail'),
    timeoutSeconds: z.int().min(1).max(30).default(5),
    sideEffects: z.enum(['None', 'NoneOnDryRun', 'Some', 'Unknown']).default('None'),
    answer: webhookAnswer.default('allow').describe('from the beginning; an action can change it'),
  })
  .describe('an admission webhook over HTTPS behind a Service; it sees the objects of the namespace only');
export type Webhook = z.infer<typeof webhook>;

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const;

const requestTarget = {
  verb: z
    .enum([...VERBS, 'write', 'any'])
    .default('any')
    .describe('`write`: create, update, patch and delete that are no dry run and no review of rights'),
  resource: z.string().default('*').describe('`pods`, `deployments.apps`, `pods/eviction`; * is any'),
  name: pattern.optional(),
  namespace: pattern.optional(),
  dryRun: z.boolean().optional().describe('only dry runs, or only what is none'),
};

export const apiRule = z
  .strictObject({
    ...requestTarget,
    skip: count.default(0).describe('so many that match are handed on first'),
    times: count.optional().describe('only so many that match; default without end'),
    do: z
      .union([
        z.strictObject({
          status: z.int().min(400).max(599),
          reason: z.string().optional().describe('default as the API server has it for this status'),
          message: z.string().optional(),
          retryAfterSeconds: z.int().nonnegative().optional(),
        }),
        z.strictObject({ delay: seconds.describe('seconds before it is handed on') }),
        z.literal('cut').describe('the connection breaks, the request is not handed on'),
        z.literal('lose-answer').describe('it is handed on and done, then the connection breaks'),
        z.literal('gone').describe('it is not handed on, and from here on nobody answers'),
        z.literal('gone-after').describe('it is answered, and from here on nobody answers'),
      ])
      .describe('what happens to it'),
  })
  .describe('a request of pullmend to the API server that goes wrong; the first rule that matches counts');
export type ApiRule = z.infer<typeof apiRule>;

export const apiRequest = z
  .strictObject({
    ...requestTarget,
    status: z.int().nonnegative().optional().describe('0: no answer'),
    count: amount.optional(),
  })
  .describe('requests of pullmend to the API server; needs `given.api`');
export type ApiRequestPattern = z.infer<typeof apiRequest>;
