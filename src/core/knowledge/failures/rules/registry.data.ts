import type { FailureClass } from '../../../model/index.ts';
import type { Facts, Rule } from './rule.ts';

/**
 * A 403 says "not you" where repositories can be private, and "nobody" where all are public: mirrors, blob stores,
 * registry.k8s.io and its back ends.
 */
function byHost({ endpoint, image }: Facts): FailureClass {
  const host = image === undefined ? '' : image.toLowerCase();
  if (/^(?:registry\.k8s\.io|k8s\.gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws)\//.test(host))
    return 'forbidden';
  if (endpoint === undefined) return 'unauthorized';
  if (endpoint.kind === 'public-only' || endpoint.role === 'blob-store') return 'forbidden';
  if (endpoint.role === 'mirror' || endpoint.kind === 'mirror') return 'forbidden';
  return 'unauthorized';
}

/** An answer of the registry, its token service or its blob store. */
export const registryRules: readonly Rule[] = [
  {
    name: 'rate-limit',
    class: 'rate-limited',
    pattern:
      /\btoo ?many ?requests\b|\btoomanyrequests\b|\brate[- ]?limit|\bpull limit\b|\bRate exceeded\b|\bQuota exceeded\b|\bData limit exceeded\b|\bThrottling|\b(?:pull|download|bandwidth) quota\b|\brequest was throttled\b|\bRequestLimitExceeded\b/i,
    seen: 'Docker Hub, ECR Public, GAR, Quay, GHCR, ACR, GitLab bodies; containers/image ErrTooManyRequests',
  },
  { name: 'rate-limit-status', class: 'rate-limited', status: [429, 429], seen: 'RFC 6585' },
  {
    name: 'policy',
    class: 'forbidden',
    pattern:
      /\ballow-?list\b|\bwhite-?list\b|白名单|\bUS company\b|\bexport (?:control|regulation)s?\b|\bsanction|\bUnavailable For Legal Reasons\b|\bembargo|\bdue to configured policy\b|\bconfigured policy in\b|\bPROJECTPOLICYVIOLATION\b|\bvulnerabilit(?:y|ies)\b|\bis blocked in\b|\bblocked by\b|\bblocked (?:in|at|for)\b|\bXray\b|\bquarantin|\baka\.ms\/acr\/firewall\b|\bis not allowed access\b|\b(?:IP|ip|address) \S{0,60} ?(?:is )?not (?:allowed|permitted)\b|\bnot available in your (?:country|region|location)\b|\bunsupported country\b|\bgeo-?(?:block|restrict)|\bfirewall\b|\bPayment Required\b|\bnamespace (?:\S{1,200} )?(?:is|has been) disabled\b|\brepository (?:\S{1,200} )?(?:is|has been) (?:disabled|blocked|archived by policy)\b|\baccount (?:is|has been) (?:suspended|disabled|blocked)\b|\bdenied: <html\b|\bAccess restricted\b|\bover (?:its )?quota\b|\bPrecondition Failed\b|\bimage (?:is )?(?:banned|prohibited)\b|\bContainer Registry is (?:deprecated|shut)|禁止|屏蔽|限制访问/i,
    seen: 'Docker Hub geo-block, DaoCloud and other mirrors, Harbor policy middleware, CRI-O registries.conf, ACR firewall, Artifactory Xray, Quay',
  },
  { name: 'policy-status', class: 'forbidden', status: [402, 402], seen: 'plan of the account is exhausted' },
  {
    name: 'precondition',
    class: 'forbidden',
    status: [412, 412],
    seen: 'Harbor src/server/middleware/vulnerable: policy',
  },
  { name: 'legal', class: 'forbidden', status: [451, 451], seen: 'RFC 7725' },
  {
    name: 'html-body',
    class: 'bad-response',
    pattern:
      /\binvalid character\b|\blooking for beginning of value\b|<!?(?:html|doctype)|\b404 page not found\b|\bmissing or empty Content-Type\b|\bunexpected end of JSON input\b|\bmalformed HTTP\b|\bcannot unmarshal\b|\berror unmarshall?ing\b/i,
    when: ({ status }) => status !== 401,
    seen: 'moby distribution/registry/client/errors.go, containers/image, Go encoding/json: a web page or an empty body',
  },
  {
    name: 'no-v2-api',
    class: 'bad-response',
    pattern: /\bpinging (?:container|docker) registry\b|\bpinging \S{1,255}:/i,
    status: [404, 404],
    seen: 'containers/image docker_client.go: /v2/ itself is absent, so this is no registry',
  },
  {
    name: 'not-found-code',
    class: 'not-found',
    pattern:
      /\bmanifest[_ ]unknown\b|\bname[_ ]unknown\b|\bNAME_INVALID\b|\bmanifest for \S{1,512} not found\b|\bmanifest \S{1,512} (?:is )?not found\b|\bartifact \S{1,512} not found\b|\bblob[_ ]unknown\b|\bImage with tag '.{1,200}' does not exist\b|\bunknown blob\b|\bnot known to (?:the )?registry\b|\bimage \S{1,512} not found\b|\bproject \S{1,255} not found\b|\bRepositoryNotFoundException\b|\bImageNotFoundException\b/i,
    // `name unknown` of a token service or a hidden repository comes with 401/403.
    when: ({ status }) => status === undefined || status === 404,
    seen: 'OCI distribution error codes as moby, containers/image, containerd ≥ 2.2 and ECR, GAR, Harbor, Quay, GitLab, Nexus print them',
  },
  {
    name: 'unauthorized',
    class: 'unauthorized',
    pattern:
      /\bunauthori[sz]ed\b|\bunauthenticated\b|\bauthentication (?:is )?required\b|\bauthorization failed\b|\binsufficient_scope\b|\bno basic auth credentials\b|\bpull access denied\b|\bno pull access\b|\baccess denied\b|\baccess to the (?:requested )?resource is (?:denied|not authorized)\b|\bdenied: |\bdenied\.?$|\bparse json key\b|\binvalid username or password\b|\bCould not find robot\b|\binvalid bearer token\b|\binvalid username\/password\b|\bincorrect username or password\b|\bPermission ["'][\w.]{1,120}["'] denied\b|\bpermission_denied\b|\btoken (?:has|is) (?:expired|invalid)\b|\b(?:authorization|auth|access|login) token\b.{0,40}\b(?:expired|invalid)|\binvalid_(?:token|grant|client|scope)\b|\bnot authori[sz]ed\b|\bmay require (?:authorization|'docker login'|'?docker login)|\bHTTP Basic: Access denied\b|\baccess forbidden\b|\bunable to retrieve auth token\b|\bBad credentials\b|\blog ?in required\b|\bneeds? to log ?in\b|\bcredentials? (?:are|is|were|was) (?:invalid|expired|incorrect|missing|required)\b|\binvalid credentials\b|\bCaller does not have permission\b|\bdoesn't have (?:the needed )?permissions?\b|\bno (?:auth|authorization|credentials?) (?:token|found|available|provided)\b|\bauthorize: no\b|\brequires? authentication\b/i,
    when: ({ status }) => status === undefined || status === 401 || status === 403 || status === 404,
    seen: 'containerd authorizer.go and authorizer errors (all versions), moby distribution/errors.go, containers/image docker_client.go; ECR, GAR, GHCR, ACR, GitLab, Artifactory bodies',
    confidence: 'likely',
  },
  {
    name: 'status-401',
    class: 'unauthorized',
    status: [401, 401],
    seen: 'all clients',
    confidence: 'likely',
  },
  {
    name: 'status-403',
    class: byHost,
    status: [403, 403],
    seen: 'all clients; the host decides',
    confidence: 'likely',
  },
  {
    name: 'forbidden-word',
    class: byHost,
    pattern: /\bforbidden\b/i,
    seen: 'clients that print no status (docker, nerdctl, buildkit)',
    confidence: 'likely',
  },
  {
    name: 'token-status',
    class: 'unauthorized',
    status: [400, 400],
    when: ({ endpoint, text }) =>
      /\bfailed to fetch oauth token\b|\bRequesting bearer token\b/i.test(text) &&
      endpoint?.role !== 'mirror',
    seen: 'token services of ACR, GAR and GitLab answer 400 to a stale refresh token',
    confidence: 'likely',
  },
  { name: 'status-404', class: 'not-found', status: [404, 404], seen: 'all clients' },
  {
    name: 'status-410',
    class: 'not-found',
    status: [410, 410],
    seen: 'RFC 9110 section 15.5.11: retired registries',
  },
  {
    name: 'odd-status',
    class: 'bad-response',
    status: [200, 499],
    seen: 'naive proxies, expired mirrors, web servers: any status that the distribution protocol has no use for',
  },
  {
    name: 'no-registry',
    class: 'bad-response',
    pattern:
      /\berror parsing HTTP\b|\bfailed to decode\b|\bnot a (?:valid )?(?:Docker|v2|container) registry\b|\bunsupported protocol scheme\b|\b(?:token|realm) (?:in|from) .{0,60}\b(?:missing|invalid|empty)|\bdid not include a token in the response\b|\bno token in bearer response\b|\bmissing (?:content[- ]length|.{0,20}realm|location header)|\bstopped after \d+ redirects\b|\bunexpected HTTP(?: status)?(?: code)?\b|\bv1 ping attempt failed\b|\bregistry does not support\b|\bBad Request\b|\bMethod Not Allowed\b|\bNot Acceptable\b|\binvalid (?:HTTP )?response\b|\bserver response headers exceeded\b|\bparsing (?:bearer )?token\b|\bfailed to parse (?:WWW-Authenticate|auth|challenge)|\bunknown manifest class\b|\bManifest (?:is )?(?:invalid|empty)\b/i,
    seen: 'moby registry client, containers/image docker_client.go, containerd authorizer: not the registry API',
  },
  {
    name: 'server-error-word',
    class: 'registry-5xx',
    pattern:
      /\bInternal Server Error\b|\binternal (?:server )?error\b|\bBad Gateway\b|\bService (?:Temporarily )?Unavailable\b|\bGateway Time-?out\b|\bRegistryUnavailable\b|\bregistry is unavailable\b|\bserver error\b|\bbackend (?:unavailable|error)\b|\bunknown: unknown error\b|\bupstream (?:error|unavailable|connect error)\b|\bmirror resolve retries exhausted\b/i,
    seen: 'registry bodies without status; cri-dockerd core/image.go; spegel',
    confidence: 'likely',
  },
  {
    name: 'not-found',
    class: 'not-found',
    pattern:
      /: not found\b|\bcode = NotFound\b|\bnot found: |\brepository \S{1,512} not found\b|\btag \S{1,200} (?:was )?not found\b|\bdoes ?n[o']t exist\b|\bcould not fetch content descriptor\b|\bcontent at .{1,600} not found\b|\bno such (?:image|manifest|repository|tag)\b|\bunknown (?:manifest|image|tag|repository)\b|\bmanifest unavailable\b|\bnot found in repository\b|\bUnable to find image '[^']{1,512}' (?:locally|remotely)|\bimage not found\b|\bNot Found$|\brejecting \d+ byte manifest\b|镜像不存在/i,
    seen: 'containerd core/remotes/docker (sentinel "not found"), moby, nerdctl',
  },
];

/** Only the reason is left to go by. */
export const reasonRules: readonly Rule[] = [
  {
    name: 'registry-unavailable-crio',
    class: 'connection-refused',
    reason: /^RegistryUnavailable$/,
    runtime: /cri-?o/i,
    confidence: 'likely',
    seen: 'CRI-O ≥ 1.28 server/image_pull.go: only for ECONNREFUSED',
  },
  {
    name: 'registry-unavailable-docker',
    class: 'registry-5xx',
    reason: /^RegistryUnavailable$/,
    runtime: /docker/i,
    confidence: 'likely',
    seen: 'cri-dockerd core/image.go: only for 502, 503, 504',
  },
];
