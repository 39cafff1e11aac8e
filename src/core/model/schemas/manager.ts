import * as z from 'zod';
import { count, text } from './values.ts';

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
 * What a delivery tool does with a change: `heals` puts it back by itself; `next-sync` leaves it until the source is
 * applied again; `suspended`: not before somebody lets it; `ignores` never writes these fields.
 */
export const syncModes = ['heals', 'next-sync', 'suspended', 'ignores'] as const;
export type SyncMode = (typeof syncModes)[number];

export const deliverySourceSchema = z
  .object({
    /** Of Git, of Helm charts or of an OCI registry; without credentials. */
    repository: text.exactOptional(),
    /** The folder in it, or the chart's. */
    path: text.exactOptional(),
    revision: text.exactOptional(),
    chart: text.exactOptional(),
    built: z.enum(['kustomize', 'helm', 'manifests']),
  })
  .readonly();
/** Where a delivery tool takes its objects from. */
export type DeliverySource = z.infer<typeof deliverySourceSchema>;

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
    /** Of a delivery tool whose object could be read. */
    sync: z
      .object({ mode: z.enum(syncModes), withinSeconds: count.exactOptional() })
      .readonly()
      .exactOptional(),
    source: deliverySourceSchema.exactOptional(),
  })
  .readonly();
export type ManagerRef = z.infer<typeof managerRefSchema>;
