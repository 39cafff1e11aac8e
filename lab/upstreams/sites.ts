/** How one registry of the outside world behaves, as far as it differs from the plain protocol. */
export type RegistrySite = {
  readonly kind: 'registry';
  readonly host: string;
  /** Plain HTTP on 443 and 80 instead of TLS on 443. */
  readonly plain?: true;
  /** A certificate of an authority that nobody trusts. */
  readonly selfSigned?: true;
  /** Bearer tokens; without this a registry that wants credentials takes HTTP Basic. */
  readonly tokens?: {
    readonly realm: string;
    readonly service: string;
    /** Public images need an (anonymous) token too. */
    readonly always?: true;
    /** Credentials are also taken as HTTP Basic, without a token. */
    readonly basicToo?: true;
  };
  /** What is answered for a repository that does not exist. */
  readonly absent: 'not-found' | 'unauthorized' | 'denied';
  /** First parts of repository names; others are refused. Without it any name will do. */
  readonly projects?: Readonly<Record<string, 'public' | 'private' | 'proxy'>>;
  readonly push: 'nobody' | 'account' | 'anybody';
  /** Answers paths outside the registry API with a web page and 200. */
  readonly website?: true;
  /** Sent with every manifest. */
  readonly manifestHeaders?: Readonly<Record<string, string>>;
};

export type Site =
  | RegistrySite
  /** The token service of a registry on another host. */
  | { readonly kind: 'token-service'; readonly host: string; readonly registry: string }
  /** HTML with 200 on every path. */
  | { readonly kind: 'website'; readonly host: string };

export const DOCKER_HUB = 'registry-1.docker.io';
export const DOCKER_HUB_TOKENS = 'auth.docker.io';
export const HARBOR = 'harbor.lab';
/** Host under which harbor.lab's own requests to Docker Hub stand in the log. */
export const HARBOR_BACK_DOOR = 'backdoor.harbor.lab';
/** The account of every registry that asks for one. */
export const ACCOUNT = { username: 'robot', password: 'secret' } as const;

/** The outside world; each site gets an address of its own, in this order. */
export const SITES: readonly Site[] = [
  {
    kind: 'registry',
    host: DOCKER_HUB,
    tokens: { realm: `https://${DOCKER_HUB_TOKENS}/token`, service: 'registry.docker.io', always: true },
    absent: 'unauthorized',
    push: 'nobody',
    manifestHeaders: { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '100;w=21600' },
  },
  { kind: 'token-service', host: DOCKER_HUB_TOKENS, registry: DOCKER_HUB },
  {
    kind: 'registry',
    host: 'quay.io',
    tokens: { realm: 'https://quay.io/v2/auth', service: 'quay.io' },
    absent: 'unauthorized',
    push: 'nobody',
  },
  { kind: 'registry', host: 'registry.k8s.io', absent: 'not-found', push: 'nobody' },
  {
    kind: 'registry',
    host: 'ghcr.io',
    tokens: { realm: 'https://ghcr.io/token', service: 'ghcr.io', always: true },
    absent: 'denied',
    push: 'nobody',
  },
  {
    kind: 'registry',
    host: 'gcr.io',
    tokens: { realm: 'https://gcr.io/v2/token', service: 'gcr.io' },
    absent: 'not-found',
    push: 'nobody',
  },
  {
    kind: 'registry',
    host: HARBOR,
    tokens: { realm: `https://${HARBOR}/service/token`, service: 'harbor-registry', basicToo: true },
    absent: 'not-found',
    projects: { library: 'public', proxy: 'proxy', private: 'private' },
    push: 'account',
    website: true,
  },
  { kind: 'registry', host: 'mirror2.lab', absent: 'not-found', push: 'anybody' },
  { kind: 'registry', host: 'selfsigned.lab', selfSigned: true, absent: 'not-found', push: 'anybody' },
  { kind: 'website', host: 'html.lab' },
  { kind: 'registry', host: 'plain.lab', plain: true, absent: 'not-found', push: 'anybody' },
];

/** `docker.io` is a web site in the real world; here it means Docker Hub's registry. */
export function siteHost(host: string): string {
  return host === 'docker.io' || host === 'index.docker.io' ? DOCKER_HUB : host;
}
