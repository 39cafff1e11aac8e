import { z } from 'zod';
import { NODE_PARTS, PROGRAM_NAMES } from '../../../cluster/index.ts';
import { apiRule, webhook } from './cluster.ts';
import { fault, hosts, image } from './faults.ts';
import { failing, objectKey } from './parts.ts';

/** `given`: the world before. */

const kubernetesObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

export const nodeState = z.strictObject({
  node: z.literal([1, 2]),
  present: z
    .array(
      z.strictObject({
        image: z.string(),
        from: z.string(),
        only: z
          .literal('tagged')
          .optional()
          .describe('as `nerdctl tag` does: it stays what it was pulled as, and has the name too'),
      }),
    )
    .default([])
    .describe('pulled as `from` and named `image` in the runtime'),
  lacks: z
    .array(z.enum(NODE_PARTS))
    .default([])
    .describe('taken away before the manifests are made, given back afterwards'),
  registryHosts: z
    .record(z.string(), z.string())
    .default({})
    .describe("text of the runtime's hosts.toml, by registry (containerd: docs/hosts.md)"),
});
export type NodeState = z.infer<typeof nodeState>;

const account = z
  .strictObject({
    name: z.string(),
    rules: z
      .array(z.looseObject({ verbs: z.array(z.string()) }))
      .default([])
      .describe('RBAC rules'),
    allBut: z
      .array(z.string().regex(/^(\S+ \S+|\$\{[^}]+\})$/, 'write VERB RESOURCE, e.g. patch deployments.apps'))
      .nonempty()
      .optional()
      .describe('every verb on every resource, but these: `patch deployments.apps`'),
    scope: z.enum(['namespace', 'cluster']).default('namespace').describe('Role or ClusterRole'),
  })
  .refine(({ rules, allBut }) => rules.length > 0 !== (allBut !== undefined), 'give one of rules, allBut');
export type Account = z.infer<typeof account>;

export const given = z.strictObject({
  hosts: hosts.default({}).describe('states of hosts; unnamed ones are up, docker.io is nxdomain'),
  images: z.array(image).default([]),
  faults: z.array(fault).default([]),
  nodes: z.array(nodeState).default([]),
  programs: z
    .array(z.enum(PROGRAM_NAMES))
    .default([])
    .describe('built from Go modules; `${program:NAME}` is the folder with it, on nodes too'),
  accounts: z.array(account).default([]).describe('ServiceAccounts for `as`'),
  files: z.record(z.string(), z.string()).default({}).describe('files in `${home}`, by name'),
  webhooks: z.array(webhook).default([]).describe('made before the manifests'),
  manifests: z
    .union([z.string(), z.array(kubernetesObject).nonempty()])
    .default('')
    .describe('objects, or YAML text of one or more documents'),
  kubectl: z.array(z.array(z.string()).nonempty()).default([]).describe('commands after the manifests'),
  helm: z
    .array(z.array(z.string()).nonempty())
    .default([])
    .describe('helm commands after that, whatever comes of them'),
  afterwards: z
    .array(z.array(z.string()).nonempty())
    .default([])
    .describe('kubectl commands at the very end, whatever happened: for what stands outside the namespace'),
  api: z
    .array(apiRule)
    .optional()
    .describe('pullmend speaks to the API server through a proxy that follows these rules; [] only counts'),
  webProxy: z
    .boolean()
    .default(false)
    .describe('an HTTP proxy at the desk that reaches every host, whatever its state: `${webProxy}`'),
  failing: z.array(failing).nonempty().describe('the proof that the scenario can fail'),
  ready: z.array(objectKey).default([]).describe('objects that must be ready before: they have no failure'),
});
