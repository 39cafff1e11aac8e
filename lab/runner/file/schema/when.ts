import { z } from 'zod';
import { apiRule, webhookAnswer } from './cluster.ts';
import { fault, hosts, image } from './faults.ts';
import { nodeState } from './given.ts';
import {
  exits,
  failing,
  fieldAssertion,
  jsonAssertion,
  objectKey,
  objects,
  pattern,
  pointer,
  seconds,
} from './parts.ts';

/** `when`: what is done, in order. */

/** Names of values that a scenario keeps for later actions; not those that the runner gives itself. */
const RESERVED = ['name', 'ns', 'home', 'config', 'kubeconfig', 'node'];
const capturedName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*$/, 'write letters and digits')
  .refine((name) => !RESERVED.includes(name), 'is a name that the runner gives itself');

const objectValue = z.strictObject({ object: objectKey, path: pointer });
const capture = z
  .record(
    capturedName,
    z.union([
      z.strictObject({ stdout: pattern }).describe('its first group, or all that matches'),
      z.strictObject({ stderr: pattern }),
      z.strictObject({ json: pointer }).describe('in stdout'),
      objectValue,
    ]),
  )
  .describe('values for `${NAME}` in later actions and in `then`');
export type Capture = z.infer<typeof capture>;

/** What is expected of any command. */
const command = {
  exit: exits.optional().describe('expected exit code, or any of these; default 0'),
  stdout: z.array(pattern).default([]).describe('each must match'),
  stderr: z.array(pattern).default([]),
  says: z.array(pattern).default([]).describe('each must match stdout or stderr; a blank is any white space'),
  mustNotSay: z
    .array(pattern)
    .default([])
    .describe('none may match stdout or stderr; a blank is any white space'),
  json: z.array(jsonAssertion).default([]).describe('about stdout as JSON'),
  within: seconds.optional().describe('it must end in this time; it is killed then'),
  capture: capture.default({}),
  input: z.string().optional().describe('text for stdin'),
  as: z.string().optional().describe('name of one of `given.accounts`'),
  env: z.record(z.string(), z.string()).default({}),
};

const killMoment = z.union([
  z.literal('applied').describe('when an object of the scenario has another spec than before'),
  z.number().nonnegative().describe('after so many seconds'),
  z
    .strictObject({
      random: z.tuple([z.number().nonnegative(), z.number().positive()]),
      since: z
        .enum(['start', 'write'])
        .default('start')
        .describe('`write`: the first one; needs `given.api`'),
    })
    .describe('some time between so many seconds'),
  z
    .strictObject({ writes: z.int().positive() })
    .describe('after so many writes to the API server; needs `given.api`'),
  z.strictObject({ stdout: pattern }),
  z.strictObject({ stderr: pattern }),
]);
const kill = z
  .strictObject({
    after: killMoment,
    signal: z
      .union([z.enum(['KILL', 'INT', 'TERM']), z.string().regex(/^\$\{[^}]+\}$/)])
      .default('KILL')
      .describe('or a variable of `each`'),
    within: seconds.default(10).describe('it must have ended so many seconds after the signal'),
  })
  .describe('a signal at this moment; at a `random` one it may have ended by then');
export type Kill = z.infer<typeof kill>;

export const pullmendAction = z.strictObject({
  pullmend: z.array(z.string()).describe('arguments of the command'),
  ...command,
  kill: kill.optional(),
});
export type PullmendAction = z.infer<typeof pullmendAction>;

const kubectlAction = z.strictObject({ kubectl: z.array(z.string()).nonempty(), ...command });
const runAction = z.strictObject({
  run: z
    .array(z.string())
    .nonempty()
    .describe('any program at the desk; `pullmend` and `kubectl` are in PATH'),
  ...command,
});
const commandAction = z.union([pullmendAction, kubectlAction, runAction]);
export type CommandAction = z.infer<typeof commandAction>;

const pipeAction = z.strictObject({
  pipe: z.array(commandAction).min(2).describe('stdout of each is stdin of the next'),
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
const readyAction = z.strictObject({
  ready: z.array(objectKey).nonempty().describe('wait until these are ready'),
  within: seconds.default(60),
});
const failingAction = z.strictObject({
  failing: z.array(failing).nonempty().describe('wait until these fail'),
});
const fieldsAction = z.strictObject({
  fields: z.array(fieldAssertion).nonempty().describe('values in objects, now'),
  within: seconds.optional().describe('wait so long for them'),
});
const unchangedAction = z.strictObject({ unchanged: objects.describe('spec as before pullmend ran') });
const captureAction = z.strictObject({ capture: z.record(capturedName, objectValue) });
const pauseAction = z.strictObject({ pause: seconds });
const nodesAction = z.strictObject({
  nodes: z
    .union([
      z.literal('whole'),
      z.array(
        nodeState.extend({
          loses: z.array(z.string()).default([]).describe('images, by any of their names'),
        }),
      ),
    ])
    .describe('`whole`: a person gives the nodes back what they lack'),
});
export type NodesAction = z.infer<typeof nodesAction>;

const filesAction = z.strictObject({
  files: z
    .enum(['as-given', 'changed'])
    .describe('each of `given.files` must be, byte for byte, as it was given; or none of them'),
});
const upstreamsAction = z.strictObject({
  upstreams: z
    .strictObject({
      hosts: hosts.default({}),
      images: z.array(image).default([]).describe('a tag that exists moves'),
      faults: z.array(fault).default([]),
      mended: z.array(z.string()).default([]).describe('ids of faults that end'),
    })
    .describe('the outside world changes'),
});
export type UpstreamsChange = z.infer<typeof upstreamsAction>['upstreams'];

const webhookAction = z.strictObject({
  webhook: z.record(z.string(), webhookAnswer).describe('how webhooks answer from now on, by name'),
});
const apiAction = z.strictObject({ api: z.array(apiRule).describe('rules from now on; [] and all is well') });
const loopAction = z.strictObject({
  loop: z.strictObject({
    name: z.string(),
    every: seconds.describe('seconds from one turn to the next'),
    kubectl: z.array(z.string()).nonempty(),
    as: z.string().optional(),
  }),
});
export type Loop = z.infer<typeof loopAction>['loop'];
const stopAction = z.strictObject({ stop: z.string().describe('name of a loop that ends') });

const step = z.union([
  pullmendAction,
  kubectlAction,
  runAction,
  pipeAction,
  editAction,
  readyAction,
  failingAction,
  fieldsAction,
  unchangedAction,
  captureAction,
  pauseAction,
  nodesAction,
  filesAction,
  upstreamsAction,
  webhookAction,
  apiAction,
  loopAction,
  stopAction,
]);
export type Step = z.infer<typeof step>;

const parallelAction = z.strictObject({
  parallel: z
    .array(z.union([step, z.array(step).nonempty()]))
    .min(2)
    .describe('side by side; a list is done in order'),
});

export const action = z.union([step, parallelAction]);
export type Action = z.infer<typeof action>;
