import * as z from 'zod';
import { text } from './values.ts';

export const managerKinds = [
  'writer',
  'controller',
  'helm',
  'argocd',
  'flux',
  'applier',
  'static-pod',
  'admission',
  'deletion',
] as const;

/**
 * Who writes an object besides a person: a release, an application, an owner. `applier`: another tool that applies its
 * own copy again, told by the object that stands for that. Put into words at the edge.
 */
export const managerRefSchema = z
  .object({
    /** `writer`: somebody who wrote the old value back after an earlier run; its field manager is the name. */
    by: z.enum(managerKinds),
    /** Of its object, where the tool has several kinds or is an owner. */
    kind: text.exactOptional(),
    namespace: text.exactOptional(),
    /** Absent where the marks do not tell. Of a static pod the node. */
    name: text.exactOptional(),
  })
  .readonly();
export type ManagerRef = z.infer<typeof managerRefSchema>;
