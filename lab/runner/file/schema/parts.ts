import { z } from 'zod';

/** Pieces that several sections of a scenario file share. */

/** Characters of a name, or a variable. */
const NAME = String.raw`(?:[a-z0-9.-]|\$\{[^}]*\})+`;

/** `Kind/name` of an object in the scenario's namespace, `NAMESPACE/Kind/name` of one elsewhere. */
export const objectKey = z
  .string()
  .regex(
    new RegExp(String.raw`^(?:${NAME}/)?[A-Z][A-Za-z]+/${NAME}$`),
    'write Kind/name, e.g. Deployment/web, or NAMESPACE/Kind/name',
  )
  .describe(
    '`Kind/name` of an object in the namespace of the scenario, `NAMESPACE/Kind/name` of one elsewhere',
  );

export const objectPattern = z
  .string()
  .regex(/^([A-Z][A-Za-z]+\/[a-z0-9.-]*)?\*?$/, 'write Kind/name, or the beginning of it and *')
  .describe('`Kind/name`; a * at the end stands for any rest, for names that a controller makes up');

export const pointer = z
  .string()
  .regex(/^(\/[^/]*)*$/, 'write a JSON pointer, e.g. /spec/replicas')
  .describe('JSON pointer (RFC 6901)');

export const pattern = z
  .string()
  .refine(isPattern, 'is not a regular expression')
  .describe('regular expression (JavaScript, flag u)');

export const seconds = z.number().positive().max(600);

/** A number, or a variable of `each` that holds one. */
export const count = z
  .union([
    z.int().nonnegative(),
    z.string().regex(/^\$\{[^}]+\}$/, 'write a number, or one variable of each'),
  ])
  .describe('a number, or a variable of `each`');

/** A number of things that were seen. */
export const amount = z
  .union([
    z.int().nonnegative(),
    z.strictObject({
      min: z.int().nonnegative().optional(),
      max: z.int().nonnegative().optional(),
    }),
  ])
  .describe('exactly so many, or at least `min` and at most `max`; default at least one');
export type Amount = z.infer<typeof amount>;

export const exits = z
  .union([z.int().nonnegative(), z.array(z.int().nonnegative()).nonempty()])
  .describe('expected exit code, or any of these');
export type Exits = z.infer<typeof exits>;

const expectation = {
  path: pointer,
  equals: z.json().optional(),
  matches: pattern.optional(),
  length: z.int().nonnegative().optional(),
  absent: z.literal(true).optional(),
};

const ONE_EXPECTATION = 'give exactly one of equals, matches, length, absent';

export const jsonAssertion = z.strictObject(expectation).refine(hasOneExpectation, ONE_EXPECTATION);
export type ValueExpectation = Omit<z.infer<typeof jsonAssertion>, 'path'>;

export const fieldAssertion = z
  .strictObject({ object: objectKey, ...expectation })
  .refine(hasOneExpectation, ONE_EXPECTATION);
export type FieldAssertion = z.infer<typeof fieldAssertion>;

export const failing = z
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
export type Failing = z.infer<typeof failing>;

export const objects = z.union([z.literal('all'), z.array(objectKey).nonempty()]);

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
