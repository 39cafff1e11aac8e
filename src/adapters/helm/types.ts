import type { JsonObject } from '../../core/model/index.ts';

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
};

/** Which release of which cluster. */
export type ReleaseOptions = {
  readonly namespace?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly revision?: number;
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
  readonly getManifest: (release: string, options: ReleaseOptions) => Promise<string>;
  /** The values that the user gave to a release; `{}` when none. */
  readonly getValues: (release: string, options: ReleaseOptions) => Promise<unknown>;
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
};
