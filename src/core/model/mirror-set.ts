import type { apiVersion } from './api.ts';

/** Naming schemes: how an original name becomes the mirror's name. Rules in core/knowledge/mirrors. */
export const schemeNames = [
  'harbor-library',
  'harbor-proxy',
  'prefix-host-path',
  'host-alias',
  'drop-host',
  'last-segment',
  'dots',
  'names',
  'template',
] as const;

export type SchemeName = (typeof schemeNames)[number];

/** Where the credentials of a mirror come from; pullmend never stores a secret itself. */
export type MirrorCredentials =
  | { readonly from: 'anonymous' }
  | { readonly from: 'docker-config' }
  | { readonly from: 'secret'; readonly namespace: string; readonly name: string };

/** A registry that serves copies under a naming scheme. */
export type Mirror = {
  readonly name: string;
  /** Globs over normalised references without tag and digest, e.g. `docker.io/**`; default everything. */
  readonly match: readonly string[];
  readonly scheme: SchemeName;
  /** `host[:port][/project…]`; for `host-alias` the domain is in `aliases` instead. */
  readonly at: string;
  /** For scheme `template`: e.g. `harbor.example.com/proxy/{repository}`. */
  readonly template?: string;
  /** For scheme `host-alias`: origin host to mirror host. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** For scheme `dots`: origin host to what stands before the path in place of `HOST.`. */
  readonly prefixes?: Readonly<Record<string, string>>;
  /** For scheme `names`: original name to the mirror's name, both without tag and digest. */
  readonly names?: Readonly<Record<string, string>>;
  readonly writable: boolean;
  readonly credentials: MirrorCredentials;
  /** Nodes hold credentials of their own, so pods need no pull secret. */
  readonly nodesHaveCredentials: boolean;
  /** Set on a container together with the image, when the mirror cannot bear a pull at each start. */
  readonly pullPolicy?: 'IfNotPresent';
  /** PEM file with the authority of the mirror's certificate, for probes from here. */
  readonly caFile?: string;
  /** PEM files with the certificate and the key that this machine shows the mirror (mutual TLS), for probes and copies from here. */
  readonly clientCertFile?: string;
  readonly clientKeyFile?: string;
  readonly plainHttp: boolean;
};

export type MirrorSet = {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'MirrorSet';
  readonly mirrors: readonly Mirror[];
};
