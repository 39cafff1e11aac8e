import * as z from 'zod';

/**
/**
 * The ways to mend a usage, the most lasting first (docs/design of remedies in CONTRIBUTING): what whoever makes the
 * object takes the image from, the values of the release that brings it, the object that a person edits, then the node,
 * under the name that nobody rewrites.
 */
export const remedyNames = [
  'source',
  'helm-values',
  'object',
  'node-config',
  'node-alias',
  'node-load',
] as const;

export const remedyNameSchema = z.enum(remedyNames);
export type RemedyName = (typeof remedyNames)[number];
