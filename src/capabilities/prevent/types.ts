import type { JsonObject } from '../../core/model/index.ts';

export type PreventOptions = {
  /** Mirrors that are believed to give whatever their registries have, besides those whose scheme says so. */
  readonly whole: readonly string[];
  readonly excludedNamespaces: readonly string[];
  /** Also names whose copy nothing proves to be the same image. */
  readonly allowUnverified: boolean;
  readonly dryRun: boolean;
  /** Asked before anything changes. */
  readonly confirm: (plan: Prevention) => Promise<boolean>;
};

/** An image that pods use now, and what they get in its place. */
export type PreventedImage = {
  readonly image: string;
  readonly pods: number;
  readonly with: string;
  readonly mirror: string;
  /** `known`: the mirror was asked and has it; `whole`: the mirror gives whatever its registry has. */
  readonly by: 'known' | 'whole';
};

/** An image that keeps its name, and why. */
export type KeptImage = {
  readonly image: string;
  readonly pods: number;
  readonly why: 'on-mirror' | 'no-copy' | 'excluded';
};

/** What is put into the cluster, and what it does to the pods that exist when they are made anew. */
export type Prevention = {
  readonly objects: readonly JsonObject[];
  readonly images: readonly PreventedImage[];
  readonly kept: readonly KeptImage[];
  /** Mirrors whose names the policy cannot give: only names that are known are taken from them. */
  readonly inexpressible: readonly { readonly mirror: string; readonly why: 'scheme' | 'glob' }[];
  /** Pull secrets that the pods will name, and namespaces of such pods that lack them. */
  readonly secrets: readonly { readonly name: string; readonly missingIn: readonly string[] }[];
  /** What is there already: nothing, the same, or another form of it. */
  readonly found: 'absent' | 'same' | 'other';
};

export type PreventResult = Prevention & {
  readonly outcome: 'unchanged' | 'dry-run' | 'declined' | 'applied';
  /** A pod that the API server was asked to make by dry run: the name that it was given. */
  readonly proof?: { readonly image: string; readonly given: string; readonly holds: boolean } | 'forbidden';
};

export type RemovalResult = { readonly outcome: 'removed' | 'absent' | 'dry-run' | 'declined' };
