import { tryParseReference } from '../../image/index.ts';
import type { FailureClass, FailureVariant } from '../../model/index.ts';
import { anyOf } from './any-of.ts';
import { variantInfo } from './classes/index.ts';
import { isPublicRegistry } from './mirror-help.ts';
import { officialImages } from './official-images.data.ts';
import { isPublicCopy } from './public-copy.ts';
import type { Facts } from './rules/index.ts';

/** Words by which a registry or its token service refuses a login that was sent. */
const loginRefused = anyOf(
  /\b(?:incorrect|invalid|wrong) (?:user ?name|login|email)(?: or |\/)password\b/i,
  /\b(?:authorization|auth|access|login|refresh|bearer) token\b.{0,40}\b(?:expired|invalid)/i,
  /\btoken (?:has|is) (?:expired|invalid)\b/i,
  /\bfailed to fetch oauth token\b/i,
  /\bbad credentials\b/i,
  /\binvalid credentials\b/i,
  /\bcredentials? (?:are|is|were|was) (?:invalid|expired|incorrect)\b/i,
  /\bHTTP Basic: Access denied\b/i,
  /\bCould not find robot\b/i,
  /\bparse json key\b/i,
  /\binvalid_grant\b/i,
  /\bpassword (?:has )?expired\b/i,
);

/** Words by which a client or registry tells that no login was sent. */
const noLogin = anyOf(
  /\bno basic auth credentials\b/i,
  /\bfailed to fetch anonymous token\b/i,
  /\bno (?:auth|authorization|credentials?) (?:token|found|available|provided)\b/i,
  /\bauthorize: no\b/i,
  /\bauthentication (?:is )?required\b/i,
  /\blog ?in required\b|\bneeds? to log ?in\b/i,
  /\banonymous\b.{0,60}\b(?:denied|not allowed|disabled)/i,
);

type Recognise = (facts: Facts) => boolean;

/** How each variant is known; the first that holds is taken. */
const recognised: Readonly<Record<FailureVariant, Recognise>> = {
  'no-such-official-image': ({ image, endpoint }) => isInvented(image) && endpoint?.role !== 'mirror',
  'refused-by-mirror': ({ endpoint, text }) =>
    endpoint !== undefined &&
    (endpoint.role === 'mirror' || endpoint.kind === 'mirror') &&
    endpoint.kind !== 'private-capable' &&
    !loginRefused.test(text) &&
    !/\bpolic|\bvulnerabilit|\bPrecondition\b/i.test(text),
  'stale-credentials': ({ text, image, endpoint }) =>
    loginRefused.test(text) && isPublicRegistry(registryOf(image) ?? endpoint?.host ?? ''),
  'credentials-refused': ({ text }) => loginRefused.test(text),
  'no-credentials': ({ text }) => noLogin.test(text),
  'secret-only-named': () => true,
  'name-on-mirror': ({ image }) => {
    const reference = image === undefined ? undefined : tryParseReference(image);
    return reference !== undefined && isPublicCopy(reference);
  },
  'http-to-tls-port': ({ text, full, status }) =>
    /\bplain HTTP request was sent to (?:an )?HTTPS port\b|\bsent an HTTP request to an HTTPS server\b/i.test(
      text,
    ) ||
    (status === 400 && /\bhttp:\/\/[^\s/"']{1,255}/i.test(full)),
  'cri-config': ({ text }) =>
    /\bfailed to load plugin\b.{0,40}\bcri\b|\binvalid plugin config\b|\bcannot be set when .{0,3}config_path\b|\bunknown service runtime\.v1/i.test(
      text,
    ),
  'localhost-registry': ({ endpoint }) =>
    endpoint !== undefined && /^(?:localhost|127\.[\d.]{5,11}|\[::1\])(?::\d{1,5})?$/.test(endpoint.host),
  'service-name': ({ endpoint }) =>
    endpoint !== undefined &&
    /\.svc(?:\.[\w.-]{1,200})?(?::\d{1,5})?$|\.cluster\.local(?::\d{1,5})?$/.test(endpoint.host),
};

/** What the text tells beyond its class. */
export function variantOf(failure: FailureClass, facts: Facts): FailureVariant | undefined {
  return variants.find((name) => variantInfo[name].of.includes(failure) && recognised[name](facts));
}

const variants = Object.keys(recognised) as readonly FailureVariant[];

/** Docker Hub's own namespace holds public images only: a name that is not among them does not exist. */
function isInvented(image: string | undefined): boolean {
  const reference = image === undefined ? undefined : tryParseReference(image);
  if (reference?.registry !== 'docker.io') return false;
  const [namespace, name = '', ...rest] = reference.repository.split('/');
  return namespace === 'library' && rest.length === 0 && !officialImages.has(name);
}

function registryOf(image: string | undefined): string | undefined {
  return image === undefined ? undefined : tryParseReference(image)?.registry;
}
