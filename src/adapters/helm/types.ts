import type { JsonObject } from '../../core/model/index.ts';
import type { StoredRelease } from './stored-release.ts';

/** How a chart is rendered; everything is handed to `helm template` as it is. */
export type RenderOptions = {
  readonly release?: string;
  readonly namespace?: string;
  readonly kubeVersion?: string;
  /** Files of values, the last one wins. */
  readonly valuesFiles?: readonly string[];
  /** Values that win over the files; they never touch the disk. */
  readonly values?: JsonObject;
  /** `--set` of the user, which wins over all values. */
  readonly set?: readonly string[];
  /** A schema may refer to others on the network. */
  readonly skipSchemaValidation?: boolean;
  readonly includeCrds?: boolean;
  readonly noHooks?: boolean;
};

/** Which cluster, and as whom: every command that speaks to one is told so. */
export type ClusterOptions = {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly as?: string | undefined;
  readonly asGroups?: readonly string[] | undefined;
};

/** Where a release is, and where Helm keeps it: Secrets, or ConfigMaps with `HELM_DRIVER=configmap`. */
export type ReleaseOptions = { readonly namespace: string; readonly driver: ReleaseDriver };
export type ReleaseDriver = 'secret' | 'configmap';

export type UpgradeOptions = ReleaseOptions & {
  /** All values that the release has afterwards; they never touch the disk. */
  readonly values: JsonObject;
  /** What the new revision says of itself. */
  readonly description: string;
  /** The API server is asked, and nothing changes. */
  readonly dryRun: boolean;
};

/** The helm command. Every method may throw PM_HELM_FAILED, PM_HELM_TIMEOUT or PM_HELM_OUTPUT. */
export type Helm = {
  /** The program that was found. */
  readonly path: string;
  /** As helm says it, e.g. `v3.18.6`. */
  readonly version: () => Promise<string>;
  /** The manifests of a chart (folder or .tgz), each behind its `# Source: ` line, hooks included. */
  readonly template: (chart: string, options?: RenderOptions) => Promise<string>;
  /** The values.yaml of a chart, as it was written. */
  readonly showValues: (chart: string) => Promise<string>;
  /** Unpacks a chart (repository URL, OCI reference or .tgz name) below a folder. */
  readonly pull: (chart: string, options: PullOptions) => Promise<void>;
  /**
   * The revision that an upgrade of a release makes. Hooks are not run, nothing is waited for, and no older revision is
   * thrown away.
   */
  readonly upgrade: (release: string, chart: string, options: UpgradeOptions) => Promise<StoredRelease>;
  /** Makes an earlier revision the newest; likewise without hooks. */
  readonly rollback: (release: string, revision: number, options: ReleaseOptions) => Promise<void>;
  /** Charts of this name and version in the repositories that helm knows here, as `REPOSITORY/NAME`. */
  readonly searchRepositories: (name: string, version: string) => Promise<readonly string[]>;
};

export type PullOptions = {
  readonly folder: string;
  readonly version?: string;
  readonly repository?: string;
};

export type HelmOptions = {
  /** Absent: `PULLMEND_HELM`, else `helm` on the PATH. */
  readonly binary?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly cluster?: ClusterOptions;
};
