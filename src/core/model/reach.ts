import type { ProbeOutcome } from './candidate.ts';
import type { FailureClass } from './failure-class.ts';
import type { ObjectRef } from './api.ts';

/** What a pull does, in this order; with a proxy the first two lead to the proxy. */
export const reachSteps = ['dns', 'tcp', 'proxy', 'tls', 'auth', 'manifest', 'platform', 'blob'] as const;

export type ReachStep = (typeof reachSteps)[number];

/** One step of a way to an image. */
export type ReachResult = {
  readonly step: ReachStep;
  /** `unknown`: could not be asked without a pull, or was not reached. */
  readonly result: 'ok' | 'broken' | 'unknown';
  /** What was answered, in English, without secrets. */
  readonly detail?: string;
};

/** Whose certificate a server shows, as it names itself. */
export type CertificateName = { readonly subject: string; readonly issuer: string };

/** How far a pull would get at one server. No step of it counts as a pull. */
export type EndpointReach = {
  /** `https://registry-1.docker.io` */
  readonly endpoint: string;
  /** Set by the runtime's configuration, in front of the registry itself. */
  readonly mirror: boolean;
  /** Without its password. */
  readonly proxy?: string;
  readonly steps: readonly ReachResult[];
  /** The first step that breaks; absent when none does. */
  readonly breaksAt?: ReachStep;
  /** What the failure means; from a node only `rate-limited` is told. */
  readonly outcome?: ProbeOutcome;
  /** The server's certificate, where it was not trusted. */
  readonly certificate?: CertificateName;
  /** Digest that the manifest is said to have. */
  readonly digest?: string;
  /** Seconds that a registry that limits the rate wants to be left alone. */
  readonly retryAfter?: number;
};

/** Why nothing can be asked from a node. */
export type UnprobedReason =
  | 'forbidden'
  | 'not-ready'
  | 'windows'
  | 'no-image'
  | 'not-started'
  | 'no-runtime'
  | 'no-curl'
  | 'other-machine'
  | 'no-ssh'
  | 'ssh-unreachable'
  | 'ssh-denied'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'no-sudo'
  | 'limit'
  | 'failed';

/**
 * Why settings of mirrors are there and not used. `broken-file`: the runtime leaves the whole file out;
 * `unknown-capability`: containerd does too; `no-capability`: the host is not asked for images by tag; `no-override`:
 * `/v2` is put behind the path; `folder-unset`: nothing points to the folder; `wrong-name`: images name the registry in
 * another way; `no-hosts`: the folder holds no `hosts.toml`, and others are not looked at; `several-folders`: the
 * transfer service takes the list for one name; `both-forms`: the CRI plug-in does not load; `plugin-off`: it is disabled;
 * `not-read`: the file is younger than the process.
 */
export type UnusedReason =
  | 'broken-file'
  | 'unknown-capability'
  | 'no-capability'
  | 'no-override'
  | 'folder-unset'
  | 'wrong-name'
  | 'no-hosts'
  | 'several-folders'
  | 'both-forms'
  | 'plugin-off'
  | 'not-read';

/** A setting of a node's runtime that does not do what whoever wrote it meant. */
export type UnusedSetting = {
  readonly reason: UnusedReason;
  readonly path: string;
  readonly line?: number;
  /** The fault in the parser's words, the host, the name that it should have. */
  readonly detail?: string;
};

/** What is seen from one place. */
export type Vantage = {
  /** Name of a node; absent: the machine that pullmend runs on. */
  readonly node?: string;
  /** True for a node on which nothing fails, asked to compare with. */
  readonly healthy?: boolean;
  /** Servers in the order in which the runtime asks them; the last is the registry itself. */
  readonly endpoints: readonly EndpointReach[];
  /** Files of the node's runtime that decide which servers are asked. */
  readonly files?: readonly string[];
  /** Settings about the image's registry that are there and not used. */
  readonly unused?: readonly UnusedSetting[];
  /** How the node was reached. */
  readonly access?: 'local' | 'debug-pod' | 'ssh';
  readonly works: boolean;
  /** Where it breaks at the registry itself, when no server works. */
  readonly breaksAt?: ReachStep;
  readonly unprobed?: { readonly reason: UnprobedReason; readonly detail: string };
};

/**
 * `everywhere`: it breaks at the same step wherever it was asked; `differs`: places differ; `works`: it breaks
 * nowhere (any more); `unknown`: nobody could be asked.
 */
export type ReachVerdict = 'everywhere' | 'differs' | 'works' | 'unknown';

/** One image, asked for from the nodes that fail and from here. */
export type ImageReach = {
  readonly image: string;
  readonly verdict: ReachVerdict;
  readonly vantages: readonly Vantage[];
};

/** The result of probing what fails. */
export type ReachReport = {
  readonly images: readonly ImageReach[];
  /** Images and failing nodes that were not asked for, to stay bounded. */
  readonly leftOut: { readonly images: number; readonly nodes: number };
  /** Rights that are missing to ask from nodes, e.g. `create pods in kube-system`. */
  readonly missing: readonly string[];
};

/** A running image that its registry no longer gives. */
export type Foreseen = {
  readonly image: string;
  readonly class: Extract<FailureClass, 'not-found' | 'unauthorized' | 'forbidden'>;
  /** `likely`: a node may have credentials that are not known here. */
  readonly confidence: 'certain' | 'likely';
  /** `HEAD https://… → 404` */
  readonly detail: string;
  readonly pods: number;
  readonly owners: readonly ObjectRef[];
  readonly nodes: readonly string[];
};

/** What will fail as soon as a pod moves to a node that does not have its image. */
export type Prediction = {
  /** Images of running pods. */
  readonly images: number;
  readonly foreseen: readonly Foreseen[];
  /** Images that nothing can be said about, and why. */
  readonly unknown: readonly { readonly image: string; readonly detail: string }[];
};
