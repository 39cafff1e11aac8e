import { z } from 'zod';
import { failureClasses } from '../../../src/core/model/index.ts';
import { NODE_PARTS, PROGRAM_NAMES } from '../../cluster/index.ts';
import { HOST_STATES } from '../../upstreams/client.ts';

/**
 * The format of a scenario file. What the fields mean is told by the descriptions below, which also end up in
 * `lab/schema/scenario.schema.json`; `lab/README.md` explains the whole.
 */

/** `Kind/name` of an object in the scenario's namespace. */
const objectKey = z
  .string()
  .regex(/^[A-Z][A-Za-z]+\/[a-z0-9](?:[a-z0-9.-]|\$\{[^}]*\})*$/, 'write Kind/name, e.g. Deployment/web')
  .describe('`Kind/name` of an object in the namespace of the scenario');

const objectPattern = z
  .string()
  .regex(/^([A-Z][A-Za-z]+\/[a-z0-9.-]*)?\*?$/, 'write Kind/name, or the beginning of it and *')
  .describe('`Kind/name`; a * at the end stands for any rest, for names that a controller makes up');

const pointer = z
  .string()
  .regex(/^(\/[^/]*)*$/, 'write a JSON pointer, e.g. /spec/replicas')
  .describe('JSON pointer (RFC 6901)');

const pattern = z
  .string()
  .refine(isPattern, 'is not a regular expression')
  .describe('regular expression (JavaScript, flag u)');

const seconds = z.number().positive().max(600);

const hostState = z.enum(HOST_STATES);

const image = z
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

const faultTarget = {
  host: z.string(),
  repository: z.string().describe('this repository and those below it'),
  only: z.enum(['manifests', 'blobs', 'token']).optional(),
  first: z.int().positive().optional().describe('only the first so many requests'),
};

const fault = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...faultTarget,
      kind: z.literal('status'),
      status: z.literal([401, 403, 404, 429, 500, 502, 503]),
      retryAfterSeconds: z.number().optional(),
    }),
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

const kubernetesObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

const nodeState = z.strictObject({
  node: z.literal([1, 2]),
  present: z
    .array(z.strictObject({ image: z.string(), from: z.string() }))
    .default([])
    .describe(
      'pulled as `from` and named `image` in the runtime; all other images of the scenario are absent',
    ),
  lacks: z
    .array(z.enum(NODE_PARTS))
    .default([])
    .describe('taken away before the manifests are made, given back afterwards'),
  registryHosts: z
    .record(z.string(), z.string())
    .default({})
    .describe("text of the runtime's hosts.toml, by registry (containerd: docs/hosts.md)"),
});

const account = z.strictObject({
  name: z.string(),
  rules: z.array(z.looseObject({ verbs: z.array(z.string()) })).describe('RBAC rules'),
  scope: z.enum(['namespace', 'cluster']).default('namespace').describe('Role or ClusterRole'),
});

const failing = z
  .strictObject({
    of: objectKey.describe('pods that belong to this object, or the pod itself'),
    container: z.string().describe('of any kind: container, init container, ephemeral container'),
    reason: pattern.default('^(ErrImagePull|ImagePullBackOff)$'),
    message: pattern.optional(),
    event: z
      .strictObject({ reason: z.string(), message: pattern })
      .optional()
      .describe('an Event about the pod that must be there too'),
    pods: z.int().positive().default(1).describe('so many pods must show it'),
    within: seconds.default(60),
  })
  .describe('a waiting container that must be seen');

const given = z.strictObject({
  hosts: z
    .record(z.string(), hostState)
    .default({})
    .describe('states of hosts; unnamed ones are up, docker.io is nxdomain'),
  images: z.array(image).default([]),
  faults: z.array(fault).default([]),
  nodes: z.array(nodeState).default([]),
  programs: z
    .array(z.enum(PROGRAM_NAMES))
    .default([])
    .describe('built from Go modules; `${program:NAME}` is the folder with it, on nodes too'),
  accounts: z.array(account).default([]).describe('ServiceAccounts for `as`'),
  files: z.record(z.string(), z.string()).default({}).describe('files in `${home}`, by name'),
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
  failing: z.array(failing).nonempty().describe('the proof that the scenario can fail'),
  ready: z.array(objectKey).default([]).describe('objects that must be ready before: they have no failure'),
});

const expectation = {
  path: pointer,
  equals: z.json().optional(),
  matches: pattern.optional(),
  length: z.int().nonnegative().optional(),
  absent: z.literal(true).optional(),
};

const jsonAssertion = z
  .strictObject(expectation)
  .refine(hasOneExpectation, 'give exactly one of equals, matches, length, absent');

const killMoment = z.union([
  z.literal('applied').describe('when an object of the scenario has another spec than before'),
  z.number().nonnegative().describe('after so many seconds'),
  z.strictObject({ stdout: pattern }),
  z.strictObject({ stderr: pattern }),
]);

const pullmendAction = z.strictObject({
  pullmend: z.array(z.string()).describe('arguments of the command'),
  exit: z.int().nonnegative().optional().describe('expected exit code; default 0'),
  stdout: z.array(pattern).default([]).describe('each must match'),
  stderr: z.array(pattern).default([]),
  json: z.array(jsonAssertion).default([]).describe('about stdout as JSON'),
  input: z.string().optional().describe('text for stdin'),
  as: z.string().optional().describe('name of one of `given.accounts`'),
  env: z.record(z.string(), z.string()).default({}),
  kill: z.strictObject({ after: killMoment }).optional().describe('SIGKILL at this moment'),
});

const kubectlAction = z.strictObject({
  kubectl: z.array(z.string()).nonempty(),
  exit: z.int().nonnegative().default(0),
  stdout: z.array(pattern).default([]),
});

const editAction = z.strictObject({
  edit: z.strictObject({
    object: objectKey,
    patch: z
      .array(z.looseObject({ op: z.string(), path: pointer }))
      .nonempty()
      .describe('JSON Patch (RFC 6902)'),
  }),
});

const waitAction = z.strictObject({
  ready: z.array(objectKey).nonempty().describe('wait until these are ready'),
  within: seconds.default(60),
});

const putBackAction = z.strictObject({
  nodes: z.literal('whole').describe('a person gives the nodes back what they lack'),
});

const filesAction = z.strictObject({
  files: z
    .enum(['as-given', 'changed'])
    .describe('each of `given.files` must be, byte for byte, as it was given; or none of them'),
});

const action = z.union([pullmendAction, kubectlAction, editAction, waitAction, putBackAction, filesAction]);

const fieldAssertion = z
  .strictObject({ object: objectKey, ...expectation })
  .refine(hasOneExpectation, 'give exactly one of equals, matches, length, absent');

const readiness = z.union([
  objectKey,
  z.strictObject({
    of: objectKey,
    pods: z.int().nonnegative().optional().describe('default: what the object asks for'),
    within: seconds.default(60),
  }),
]);

const objects = z.union([z.literal('all'), z.array(objectKey).nonempty()]);

const request = z
  .strictObject({
    host: z.string(),
    repository: z.string().optional(),
    method: z.string().optional(),
    path: pattern.optional(),
    from: z.enum(['client', 'nodes']).optional().describe('who asked; default anybody'),
  })
  .describe('a request to a registry since `when` began');

const undo = z.strictObject({
  pullmend: z.array(z.string()).default(['undo', '-n', '${ns}', '--yes', '-o', 'json']),
  exit: z.int().nonnegative().default(0),
  restored: objects.optional().describe('objects whose spec must be exactly as before'),
  conflicts: z
    .array(z.strictObject({ object: objectKey, path: pointer.optional() }))
    .default([])
    .describe('fields that undo must report as changed since and leave alone'),
  stdout: z.array(pattern).default([]),
  fields: z.array(fieldAssertion).default([]).describe('after undo'),
});

const then = z.strictObject({
  classes: z
    .record(z.string(), z.enum(failureClasses))
    .optional()
    .describe('failure class by image: exactly the findings of the last JSON report'),
  remedies: z
    .record(
      objectPattern,
      z.array(z.enum(['copy-image', 'patch', 'replace-pods', 'recreate', 'pull-secret'])),
    )
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
  resourceVersions: z
    .literal('unchanged')
    .optional()
    .describe('nobody but the cluster itself wrote an object, no Secret or ConfigMap was made'),
  requests: z.array(request).default([]).describe('must have been made'),
  noRequests: z.array(request).default([]).describe('must not have been made'),
  undo: undo.optional(),
});

export const scenarioSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,39}$/, 'write 2 to 40 lower-case letters, digits and dashes')
      .describe('also the name of the namespace, `s-NAME`'),
    about: z.string().min(1).describe('one line'),
    isolation: z
      .enum(['namespace', 'cluster'])
      .default('namespace')
      .describe('namespace: runs beside others; cluster: runs alone'),
    timeout: z.number().positive().max(1800).default(240).describe('seconds for the whole scenario'),
    given,
    mirrors: z
      .union([z.string(), z.array(z.looseObject({ name: z.string() }))])
      .optional()
      .describe("`mirrors` of the user's MirrorSet, or the text of the whole file; none: no config file"),
    when: z.array(action).nonempty().describe('in this order'),
    then,
  })
  .refine(({ isolation, given: { nodes } }) => isolation === 'cluster' || nodes.every(isWhole), {
    path: ['isolation'],
    error: 'a node that lacks something or has other registry hosts disturbs others: write cluster',
  })
  .refine(({ given: { helm, programs } }) => helm.length === 0 || programs.includes('helm'), {
    path: ['given', 'programs'],
    error: 'given.helm needs the program helm',
  })
  .meta({ title: 'Scenario of the pullmend lab' });

export type Scenario = z.infer<typeof scenarioSchema>;
export type Given = Scenario['given'];
export type Action = Scenario['when'][number];
export type PullmendAction = z.infer<typeof pullmendAction>;
export type Then = Scenario['then'];
export type Failing = z.infer<typeof failing>;
export type FieldAssertion = z.infer<typeof fieldAssertion>;
export type ValueExpectation = Omit<z.infer<typeof jsonAssertion>, 'path'>;
export type RequestPattern = z.infer<typeof request>;
export type Undo = z.infer<typeof undo>;
export type Account = z.infer<typeof account>;

/** The JSON Schema of a scenario file, as editors read it. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { io: 'input' });
}

function isWhole({ lacks, registryHosts }: z.infer<typeof nodeState>): boolean {
  return lacks.length === 0 && Object.keys(registryHosts).length === 0;
}

/** Variables are put in later; none of their values has a meaning in an expression. */
function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text.replaceAll(/\$\{[^}]*\}/g, 'x'), 'u'));
  } catch {
    return false;
  }
}

function hasOneExpectation(assertion: object): boolean {
  return ['equals', 'matches', 'length', 'absent'].filter((key) => key in assertion).length === 1;
}
