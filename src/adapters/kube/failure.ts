import { PullmendError } from '../../core/base/index.ts';
import { asText, digText, dig, isObject } from '../../core/knowledge/pods/index.ts';
import type { Json } from '../../core/model/index.ts';

/** What was asked, for errors. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  /** The API's verb, e.g. `list`. */
  readonly verb: string;
  /** As RBAC names it. */
  readonly resource: string;
  readonly namespace?: string;
  /** `Kind/namespace/name`, or the resource for a list. */
  readonly object: string;
  /** A JSON Patch with `test` operations was sent. */
  readonly tests?: boolean;
};

export type Server = { readonly server: string; readonly context: string; readonly file: string };

/** Longest part of a reply that is shown. */
const maxMessage = 400;

/** The error for a reply that is no success, from its `Status` object (apimachinery, meta/v1). */
export function errorFromReply(
  status: number,
  reply: Json | string,
  asked: Asked,
  at: Server,
): PullmendError {
  const message = withoutObjects(digText(reply, 'message') ?? shown(reply)).slice(0, maxMessage);
  const reason = digText(reply, 'reason');
  const { object } = asked;
  const { server, context, file } = at;
  if (status === 401) return new PullmendError('PM_UNAUTHORIZED', { server, context }, { where: file });
  if (status === 403 && isObject(reply)) return forbidden(message, asked);
  if (status === 404) {
    // What is missing for a new object is its namespace.
    const missing =
      asked.verb === 'create' && asked.namespace !== undefined ? `Namespace/${asked.namespace}` : object;
    return new PullmendError('PM_NOT_FOUND', { object: missing });
  }
  if (status === 409) {
    const why = reason === 'AlreadyExists' ? reason : 'Conflict';
    return new PullmendError('PM_CONFLICT', { object, reason: why, message });
  }
  if (status === 422 && asked.tests === true && !isValidation(reply)) {
    return new PullmendError('PM_CONFLICT', {
      object,
      reason: 'TestFailed',
      message: 'a tested field differs',
    });
  }
  if (admission.test(message)) return new PullmendError('PM_ADMISSION_DENIED', { object, message });
  const request = `${asked.method} ${asked.path}`;
  return new PullmendError('PM_API_ERROR', { request, status, message }, { where: object });
}

/** Webhooks that refuse or cannot be asked, and policies of the API server's own (ValidatingAdmissionPolicy: 422). */
const admission = /^admission webhook |failed calling webhook |is forbidden: ValidatingAdmissionPolicy /;

/** The authorizer's sentence; admission plugins answer 403 too, with texts of their own. */
const authorizer = /User "([^"]*)" cannot \S+ (?:resource|path) "/;

function forbidden(message: string, asked: Asked): PullmendError {
  const { verb, resource, namespace, object } = asked;
  const said = authorizer.exec(message);
  if (said === null) return new PullmendError('PM_ADMISSION_DENIED', { object, message });
  const user = asText(said[1]);
  return new PullmendError('PM_FORBIDDEN', {
    verb,
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(user === undefined ? {} : { user }),
  });
}

/** A refused object names the fields at fault; a patch that does not apply has no details at all. */
function isValidation(reply: Json | string): boolean {
  return dig(reply, 'details', 'causes') !== undefined || dig(reply, 'details', 'kind') !== undefined;
}

/** A refused object is quoted whole, and then its diff is: that is long, and a Secret's data must not be shown. */
function withoutObjects(message: string): string {
  return message.replace(/"\{.*/s, '…').replace(/\n@@.*/s, '');
}

function shown(reply: Json | string): string {
  const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
  return /^\s*</.test(text) ? 'a web page, not the Kubernetes API' : text.trim();
}

/** The error for a request that got no reply. */
export function errorFromTransport(error: unknown, asked: Asked, at: Server): PullmendError {
  const code = codeOf(error);
  const details = { cause: error, where: asked.object };
  // Node's OpenSSL could not read the certificate, key or authority that the kubeconfig gives.
  if (code.startsWith('ERR_OSSL_')) {
    return new PullmendError('PM_KUBECONFIG_INVALID', {
      file: at.file,
      reason: `certificate or key: ${code}`,
    });
  }
  const reason = reasonOf(error, code);
  if (isTls(code)) return new PullmendError('PM_API_TLS', { server: at.server, reason }, details);
  return new PullmendError('PM_API_UNREACHABLE', { server: at.server, reason }, details);
}

/** The connection ended without a reply. Whether the request ran is not known, so only reads are sent again. */
export function isReset(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED'].includes(codeOf(error));
}

const tlsCodes = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/;

function isTls(code: string): boolean {
  return tlsCodes.test(code);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // A host with several addresses: one error for each.
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return first === undefined ? '' : codeOf(first);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name server does not answer',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is from an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is from an unknown authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function reasonOf(error: unknown, code: string): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const known = reasons[code];
  if (known !== undefined) return `${known} (${code})`;
  return error instanceof Error ? error.message.slice(0, maxMessage) : String(error);
}
