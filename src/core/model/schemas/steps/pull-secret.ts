import * as z from 'zod';
import { nameText, text } from '../values.ts';
import { common } from './common.ts';

export const mirrorCredentialsSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('anonymous') }).readonly(),
  z.object({ from: z.literal('docker-config') }).readonly(),
  z.object({ from: z.literal('secret'), namespace: nameText, name: nameText }).readonly(),
]);

export const pullSecretStepSchema = z
  .object({
    ...common,
    kind: z.literal('pull-secret'),
    mirror: text,
    /** Registry host that the secret is for. */
    host: text,
    source: mirrorCredentialsSchema,
  })
  .readonly();
/** Gives a namespace the pull secret of a mirror; the secret itself is read when the step is carried out. */
export type PullSecretStep = z.infer<typeof pullSecretStepSchema>;
