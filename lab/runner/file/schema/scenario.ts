import { z } from 'zod';
import { given, type NodeState } from './given.ts';
import { then } from './then.ts';
import { action } from './when.ts';

/**
 * The format of a scenario file. What the fields mean is told by the descriptions, which also end up in
 * `lab/schema/scenario.schema.json`; `lab/README.md` explains the whole.
 */
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
    heavy: z.boolean().default(false).describe('runs only when it is named, or with --all'),
    each: z
      .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.array(z.union([z.string(), z.number()])).nonempty())
      .refine((each) => Object.keys(each).length === 1, 'has one variable')
      .optional()
      .describe('one variable with its values: a scenario for each, called NAME-VALUE'),
    timeout: z.number().positive().max(1800).default(240).describe('seconds for the whole scenario'),
    given,
    mirrors: z
      .union([z.string(), z.array(z.looseObject({ name: z.string() }))])
      .optional()
      .describe("`mirrors` of the user's MirrorSet, or the text of the whole file; none: no config file"),
    when: z.array(action).nonempty().describe('in this order'),
    then: then.prefault({}),
  })
  .refine(({ isolation, given: { nodes } }) => isolation === 'cluster' || nodes.every(isWhole), {
    path: ['isolation'],
    error: 'a node that lacks something or has other registry hosts disturbs others: write cluster',
  })
  .refine(
    ({ given: { helm, programs } }) =>
      helm.length === 0 || programs.includes('helm') || programs.includes('helm4'),
    {
      path: ['given', 'programs'],
      error: 'given.helm needs the program helm or helm4',
    },
  )
  .meta({ title: 'Scenario of the pullmend lab' });

export type Scenario = z.infer<typeof scenarioSchema> & {
  /** The value of its variable of `each`, by name. */
  readonly values?: Readonly<Record<string, string>>;
};
export type Given = Scenario['given'];

/** The JSON Schema of a scenario file, as editors read it. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { io: 'input' });
}

function isWhole({ lacks, registryHosts }: NodeState): boolean {
  return lacks.length === 0 && Object.keys(registryHosts).length === 0;
}
