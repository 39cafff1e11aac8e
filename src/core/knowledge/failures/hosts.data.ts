import { anyOf } from './any-of.ts';

/** What is known about a host from its name alone. */
export type HostKind =
  /** A registry with private repositories: a 403 is about identity. */
  | 'private-capable'
  /** Serves public images only: a 403 is a policy. */
  | 'public-only'
  /** A known mirror of other registries. */
  | 'mirror'
  /** By its name a mirror or cache of somebody. */
  | 'mirror-like'
  /** Gives out tokens. */
  | 'token'
  /** Where registries redirect blob downloads to. */
  | 'blob-store';

export type HostRule = { readonly kind: HostKind; readonly pattern: RegExp };

/** First match wins. Hosts are lower case, without port. */
export const hostRules: readonly HostRule[] = [
  {
    kind: 'token',
    pattern: anyOf(
      /^auth\.docker\.io$/,
      /^auth\.docker\.com$/,
      /^sso\.redhat\.com$/,
      /^auth\.[\w-]+\.[\w.-]+$/,
    ),
  },
  {
    kind: 'blob-store',
    pattern: anyOf(
      /^production\.cloudflare\.docker\.com$/,
      /^docker-images-prod\./,
      /\.r2\.cloudflarestorage\.com$/,
      /\.cloudfront\.net$/,
      /^cdn\d*\.quay\.io$/,
      /^quayio-production-s3\./,
      /^storage\.googleapis\.com$/,
      /^pkg-containers\.githubusercontent\.com$/,
      /\.blob\.core\.windows\.net$/,
      /(?:^|[.-])s3[.-][\w.-]*amazonaws\.com(?:\.cn)?$/,
      /^prod-[\w-]+-starport-layer-bucket\./,
      /^cdn\.registry\.gitlab-static\.net$/,
      /^cdn-registry-1\.docker\.io$/,
      /\.data\.mcr\.microsoft\.com$/,
      /\.myqcloud\.com$/,
      /\.oss-[\w-]+\.aliyuncs\.com$/,
    ),
  },
  {
    kind: 'public-only',
    pattern: anyOf(
      /^registry\.k8s\.io$/,
      /^k8s\.gcr\.io$/,
      /^(?:[\w-]+\.)*mcr\.microsoft\.com$/,
      /^public\.ecr\.aws$/,
      /^registry\.access\.redhat\.com$/,
    ),
  },
  {
    kind: 'mirror',
    pattern: anyOf(
      /\.mirror\./,
      /^docker\.(?:m\.daocloud\.io|1ms\.run|1panel\.live|nju\.edu\.cn|rat\.dev|anyhub\.us\.kg|awsl9527\.cn|chenby\.cn|xuanyuan\.me|hpcloud\.cloud|unsee\.tech|ketches\.cn)$/,
      /^(?:[\w.-]+\.)?m\.daocloud\.io$/,
      /^hub\.(?:rat\.dev|uuuadc\.top|icert\.top|litsee?\.cn)$/,
      /^dockerpull\./,
      /^docker-0\.unsee\.tech$/,
      /^dytt\.online$/,
      /^func\.ink$/,
      /^lispy\.org$/,
      /^mirror\.gcr\.io$/,
      /\.azk8s\.cn$/,
      /\.nju\.edu\.cn$/,
      /\.ustc\.edu\.cn$/,
      /\.163\.com$/,
      /\.baidubce\.com$/,
      /^mirror\.ccs\.tencentyun\.com$/,
      /^registry\.docker-cn\.com$/,
      /^noohub\./,
      /^[\w-]+\.kubesre\.xyz$/,
    ),
  },
  {
    kind: 'private-capable',
    pattern: anyOf(
      /^(?:ghcr|quay|(?:[\w-]+\.)?gcr|(?:registry-1\.|index\.|registry\.hub\.)?docker|lscr|icr|ocir|registry\.connect\.redhat)\.(?:io|com)$/,
      /\.pkg\.dev$/,
      /\.dkr[.-]ecr[.-][\w.-]+$/,
      /\.azurecr\.(?:io|cn|us)$/,
      /^registry\.(?:gitlab|redhat|digitalocean|hub\.docker)\.(?:com|io)$/,
      /\.jfrog\.io$/,
      /\.aliyuncs\.com$/,
      /\.ccs\.tencentyun\.com$/,
      /\.tencentcloudcr\.com$/,
      /\.myhuaweicloud\.com$/,
      /\.ocir\.io$/,
      /\.icr\.io$/,
    ),
  },
  {
    kind: 'mirror-like',
    pattern:
      /(?:^|[.-])(?:mirrors?|proxy|cache|accelerat\w*|hub-mirror|reg-mirror|dockerproxy|dockerhub|docker-?pull|pull-?through|docker-?cn)(?:[.-]|\d|$)/,
  },
];
