import type { KindInfo } from '../../core/knowledge/pods/index.ts';
import type { ClusterIdentity, JsonObject, ObjectRef, Permission } from '../../core/model/index.ts';
import type { ExecCall, ExecResult } from './exec.ts';
import type { DeleteOptions, ObjectApi, ReadOptions, WriteOptions } from './object-api.ts';
import type { Change, WatchOptions } from './watch/index.ts';

export type ListOptions = {
  /** Absent: all namespaces. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Objects a page, default 250. */
  readonly limit?: number;
  /** Only `metadata` of each object: the rest does not leave the API server. */
  readonly metadataOnly?: boolean;
  readonly signal?: AbortSignal;
};

export type LogOptions = {
  readonly container: string;
  readonly tailLines: number;
  readonly limitBytes: number;
};

/** Who works, and from where: a record says so. */
export type Person = {
  /** As the API server knows the user. */
  readonly user: string;
  readonly host: string;
};

/**
 * A connection to one cluster. Every call may throw PM_API_UNREACHABLE, PM_API_TLS, PM_UNAUTHORIZED, PM_FORBIDDEN,
 * PM_NOT_FOUND and PM_API_ERROR; writes also PM_CONFLICT (409, and the 422 of a JSON Patch whose `test` fails) and
 * PM_ADMISSION_DENIED. Objects may be of any kind that the API server serves, custom resources included; of any
 * other: PM_UNKNOWN_KIND. What the server wants to be asked again (429, 503 with Retry-After) is asked again, for at
 * most a minute; a write that may have been carried out never is.
 */
export type Kube = ObjectApi & {
  readonly identity: ClusterIdentity;
  /** Namespace of the context. */
  readonly namespace: string;
  /** The API version of a kind that this cluster serves, e.g. `batch/v1beta1` for CronJob before 1.21. */
  servedVersion(kind: string): Promise<string>;
  /**
   * Resource, scope and served versions of any kind, from the server's discovery where the table of kinds does not
   * know it. With an `apiVersion` exactly that one must be served. Errors: PM_UNKNOWN_KIND.
   */
  kindInfo(kind: string, apiVersion?: string): Promise<KindInfo>;
  /** Every kind that the API server serves and that can be read, its preferred version first. */
  servedKinds(): Promise<readonly KindInfo[]>;
  /**
   * All objects of a kind, page by page; each object has its `apiVersion` and `kind`. When the list expires between
   * two pages (410) it starts over once, without giving any object twice. A `KindInfo` is read at its first version.
   */
  pages(kind: string | KindInfo, options?: ListOptions): AsyncIterable<readonly JsonObject[]>;
  /** As `pages`, in one piece: for lists that are known to be short. */
  list(kind: string | KindInfo, options?: ListOptions): Promise<readonly JsonObject[]>;
  /**
   * What happens to the objects of a kind, from a list on and for as long as it is read; ends without an error when
   * `signal` aborts. Survives whatever ends a watch, also the API server's restart; where watching is forbidden, lists
   * are read again and again.
   */
  watch(kind: string | KindInfo, options: WatchOptions): AsyncIterable<Change>;
  /** As `get`, with undefined for what does not exist. */
  find(ref: ObjectRef, options?: ReadOptions): Promise<JsonObject | undefined>;
  /** PUT of the whole object; its `resourceVersion` is the precondition. */
  replace(object: JsonObject, options?: WriteOptions): Promise<JsonObject>;
  delete(ref: ObjectRef, options?: KubeDeleteOptions): Promise<void>;
  /** The last lines of what a container of a pod has written. Errors: PM_FORBIDDEN, PM_API_ERROR where there is no log. */
  log(pod: ObjectRef, options: LogOptions): Promise<string>;
  /** Runs a command in a container of a running pod. Errors: PM_EXEC_FAILED, which also stands for a refusal. */
  exec(pod: ObjectRef, call: ExecCall): Promise<ExecResult>;
  /** Asks the API server whether the user may do this (SelfSubjectAccessReview). */
  can(permission: Permission): Promise<boolean>;
  /** The user as the API server knows it (SelfSubjectReview), and this machine's name. */
  whoAmI(): Promise<Person>;
  close(): Promise<void>;
};

export type KubeDeleteOptions = DeleteOptions & {
  readonly gracePeriodSeconds?: number;
};
