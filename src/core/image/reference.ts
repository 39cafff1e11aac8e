import { PullmendError } from '../base/index.ts';
import { isDigest } from './digest.ts';
import { nameFaultText, type NameFault } from './name-fault.ts';

/** A full image name, normalised: the registry is always there, official images have `library/`. */
export type Reference = {
  /** `host[:port]`; Docker Hub is `docker.io`. */
  readonly registry: string;
  /** Path below the registry, e.g. `library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  /** `algorithm:hex`; decides what is pulled when there is a tag as well. */
  readonly digest?: string;
};

const dockerHub = 'docker.io';
/** Where Docker Hub's registry answers; `docker.io` itself is a web site. */
const dockerHubApi = 'registry-1.docker.io';
const officialNamespace = 'library/';
const maxPathLength = 255;

// github.com/distribution/reference, regexp.go
const hostPattern =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const partPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/**
 * Reads an image name as Docker, containerd and the kubelet do (`ParseNormalizedNamed` of
 * github.com/distribution/reference). Throws PM_BAD_IMAGE_NAME with what is wrong.
 */
export function parseReference(text: string): Reference {
  const result = readReference(text);
  if (typeof result !== 'string') return result;
  throw new PullmendError('PM_BAD_IMAGE_NAME', { image: text, reason: nameFaultText(result) });
}

/** As `parseReference`, with `undefined` for what is no image name. */
export function tryParseReference(text: string): Reference | undefined {
  const result = readReference(text);
  return typeof result === 'string' ? undefined : result;
}

/** The full name of an image, or the text as it is when it is none: one key for all ways to write a name. */
export function normaliseImage(text: string): string {
  const reference = tryParseReference(text);
  return reference === undefined ? text : formatReference(reference);
}

/** May the text stand behind the colon of an image name. */
export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

/** What makes the text no image name; `undefined` when it is one. */
export function nameFault(text: string): NameFault | undefined {
  const result = readReference(text);
  return typeof result === 'string' ? result : undefined;
}

/** The full name. Without tag and digest `:latest` is added, which is what gets pulled. */
export function formatReference(reference: Reference): string {
  const { tag = reference.digest === undefined ? 'latest' : undefined, digest } = reference;
  const name = repositoryName(reference);
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** The full name under which a runtime looks for an image: with a digest the tag does not count. */
export function runtimeName({ registry, repository, tag, digest }: Reference): string {
  return formatReference({
    registry,
    repository,
    ...(digest === undefined ? { tag: tag ?? 'latest' } : { digest }),
  });
}

/** The short form that people write: `nginx:1.27` for `docker.io/library/nginx:1.27` (`FamiliarString`). */
export function shortName(reference: Reference): string {
  const name = formatReference(reference);
  const official = `${dockerHub}/${officialNamespace}`;
  return name.startsWith(official) ? name.slice(official.length) : name.replace(/^docker\.io\//, '');
}

/** `registry/repository`, without tag and digest. */
export function repositoryName(reference: Pick<Reference, 'registry' | 'repository'>): string {
  return `${reference.registry}/${reference.repository}`;
}

/** Other hosts under which a registry answers; the same images stand on both. */
export const otherHosts: Readonly<Record<string, string>> = {
  'registry-1.docker.io': dockerHub,
  'index.docker.io': dockerHub,
  'registry.hub.docker.com': dockerHub,
  'k8s.gcr.io': 'registry.k8s.io',
};

/** One name for the hosts of one registry: `docker.io` for `registry-1.docker.io`, `registry.k8s.io` for `k8s.gcr.io`. */
export function sameRegistry(host: string): string {
  return otherHosts[host] ?? host;
}

/** Host that serves the registry's API. */
export function apiHost(registry: string): string {
  return registry === dockerHub ? dockerHubApi : registry;
}

function readReference(text: string): Reference | NameFault {
  const fault = faultOfText(text);
  if (fault !== undefined) return fault;
  const { name, digest } = splitDigest(text);
  if (digest !== undefined && !isDigest(digest)) return 'digest';
  const { host, rest } = splitHost(name);
  const { path, tag } = splitTag(rest);
  if (host !== undefined && !hostPattern.test(host)) return 'host';
  if (tag !== undefined && !tagPattern.test(tag)) return 'tag';
  const registry = host === undefined || host === 'index.docker.io' ? dockerHub : host;
  const official = registry === dockerHub && !path.includes('/');
  const repository = official ? `${officialNamespace}${path}` : path;
  return (
    faultOfPath(path, repository) ?? {
      registry,
      repository,
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
    }
  );
}

function faultOfText(text: string): NameFault | undefined {
  if (text === '') return 'empty';
  if (/\$\{|\$\(|\{\{|\}\}|<no value>|<nil>/.test(text)) return 'unrendered';
  if (/\s/.test(text)) return 'blank';
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(text)) return 'scheme';
  if (/^[a-f0-9]{64}$/.test(text)) return 'hex-id';
  return undefined;
}

function faultOfPath(path: string, repository: string): NameFault | undefined {
  if (repository.length > maxPathLength) return 'too-long';
  const parts = path.split('/');
  if (parts.includes('')) return 'empty-part';
  if (parts.every((part) => partPattern.test(part))) return undefined;
  return /[A-Z]/.test(path) ? 'upper-case' : 'path';
}

function splitDigest(text: string): { name: string; digest?: string } {
  const at = text.indexOf('@');
  return at < 0 ? { name: text } : { name: text.slice(0, at), digest: text.slice(at + 1) };
}

/** The first part is a host when it cannot be a path: it has a dot, a port or upper case, or is `localhost`. */
function splitHost(name: string): { host?: string; rest: string } {
  const slash = name.indexOf('/');
  if (slash < 0) return { rest: name };
  const first = name.slice(0, slash);
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost';
  return isHost ? { host: first, rest: name.slice(slash + 1) } : { rest: name };
}

function splitTag(rest: string): { path: string; tag?: string } {
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  return colon < 0 ? { path: rest } : { path: rest.slice(0, colon), tag: rest.slice(colon + 1) };
}
