import { asObject, asText } from '../../../core/knowledge/pods/index.ts';
import { findEntry } from './match.ts';

/** What a pull secret is good for; never its passwords. */
export type PullSecretView = {
  /** Keys as they are written. */
  readonly hosts: readonly string[];
  /** The login for the image that was asked about. */
  readonly login?: { readonly user?: string; readonly isComplete: boolean };
};

/**
 * Looks into the content of `.dockerconfigjson`, or of the older `.dockercfg`, as the kubelet does for this repository.
 * Undefined when the kubelet cannot read it either.
 */
export function viewPullSecret(
  content: string,
  registry: string,
  repository: string,
): PullSecretView | undefined {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const auths = asObject('auths' in json ? json.auths : json);
  const entry = findEntry(auths, registry, repository);
  if (entry === undefined) return { hosts: Object.keys(auths) };
  const { auth, username, password, identitytoken } = asObject(entry);
  const decoded = Buffer.from(asText(auth) ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  const user = colon > 0 ? decoded.slice(0, colon) : asText(username);
  const hasPassword = colon >= 0 ? decoded.length > colon + 1 : asText(password) !== undefined;
  const isComplete = asText(identitytoken) !== undefined || (user !== undefined && hasPassword);
  return {
    hosts: Object.keys(auths),
    login: { isComplete, ...(user === undefined ? {} : { user }) },
  };
}
