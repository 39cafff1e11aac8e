import { apiVersion, type JsonObject } from './api.ts';
import type { ClusterIdentity } from './schemas/index.ts';

/** What a cluster said when it was looked at, cut down and without secrets; diagnosed again anywhere. */
export type Snapshot = {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'Snapshot';
  /** ISO 8601. */
  readonly metadata: { readonly createdAt: string };
  readonly spec: {
    /** Absent: all namespaces. */
    readonly namespace?: string;
    /** `hashed`: names of namespaces, objects, nodes and private hosts are stand-ins. */
    readonly names: 'plain' | 'hashed';
  };
  readonly status: {
    readonly cluster: ClusterIdentity;
    /** API objects, reduced to the fields that say why an image does not arrive. */
    readonly objects: readonly JsonObject[];
    /** Kinds that could not be read for want of permission. */
    readonly unreadable: readonly string[];
  };
};

export function makeSnapshot(
  createdAt: string,
  spec: Snapshot['spec'],
  status: Snapshot['status'],
): Snapshot {
  return { apiVersion, kind: 'Snapshot', metadata: { createdAt }, spec, status };
}
