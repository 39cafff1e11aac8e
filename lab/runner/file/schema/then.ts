import { z } from 'zod';
import { failureClasses, type StepKind } from '../../../../src/core/model/index.ts';
import { stepKinds } from '../../../../src/core/model/schemas/index.ts';
import { apiRequest } from './cluster.ts';
import {
  amount,
  exits,
  failing,
  fieldAssertion,
  objectKey,
  objectPattern,
  objects,
  pattern,
  pointer,
  seconds,
} from './parts.ts';

/** `then`: the world after. */

const readiness = z.union([
  objectKey,
  z.strictObject({
    of: objectKey,
    pods: z.int().nonnegative().optional().describe('default: what the object asks for'),
    within: seconds.default(60),
  }),
]);

const requestTarget = {
  host: z.string(),
  repository: z.string().optional(),
  method: z.string().optional(),
  path: pattern.optional(),
  from: z.enum(['client', 'nodes']).optional().describe('who asked; default anybody'),
  status: z.int().nonnegative().optional().describe('what was answered; 0: nothing'),
};
const request = z
  .strictObject({ ...requestTarget, count: amount.optional() })
  .describe('requests to a registry since `when` began');
export type RequestPattern = z.infer<typeof request>;

const undo = z.strictObject({
  pullmend: z.array(z.string()).default(['undo', '-n', '${ns}', '--yes', '-o', 'json']),
  exit: exits.default(0),
  as: z.string().optional(),
  within: seconds.optional(),
  restored: objects.optional().describe('objects whose spec must be exactly as before'),
  conflicts: z
    .array(z.strictObject({ object: objectKey, path: pointer.optional() }))
    .default([])
    .describe('fields that undo must report as changed since and leave alone'),
  stdout: z.array(pattern).default([]),
  says: z.array(pattern).default([]),
  mustNotSay: z.array(pattern).default([]),
  fields: z.array(fieldAssertion).default([]).describe('after undo'),
});
export type Undo = z.infer<typeof undo>;

export const then = z.strictObject({
  classes: z
    .record(z.string(), z.enum(failureClasses))
    .optional()
    .describe('failure class by image: exactly the findings of the last JSON report'),
  remedies: z
    .record(objectPattern, z.array(z.enum(stepKinds as readonly [StepKind, ...StepKind[]])))
    .optional()
    .describe('kinds of the steps by object: exactly the steps of the plan'),
  unmended: z
    .record(objectPattern, z.string())
    .optional()
    .describe('reason by object: exactly those of the plan'),
  identities: z
    .record(z.string(), z.enum(['same', 'different', 'unverified']))
    .optional()
    .describe('what is known of the replacement, by original image'),
  verdicts: z.record(objectPattern, z.string()).optional().describe('result by object'),
  ready: z.array(readiness).default([]).describe('by the word of the kubelet'),
  failing: z.array(failing).default([]).describe('what must still fail'),
  fields: z.array(fieldAssertion).default([]),
  unchanged: objects.optional().describe('objects whose spec must be as before'),
  exists: objects.optional().describe('objects that must be there, not being deleted, whatever their spec'),
  resourceVersions: z
    .literal('unchanged')
    .optional()
    .describe('nobody but the cluster itself wrote an object, no Secret or ConfigMap was made'),
  requests: z.array(request).default([]).describe('must have been made'),
  noRequests: z.array(z.strictObject(requestTarget)).default([]).describe('must not have been made'),
  api: z.array(apiRequest).default([]).describe('requests of pullmend to the API server'),
  undo: undo.optional(),
});
export type Then = z.infer<typeof then>;
