import { repositoryName, tryParseReference, type Reference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { commonRepositories, originHosts } from './discover/origins.data.ts';
import {
  flatCopies,
  hostLabels,
  installerNames,
  labelledDomains,
  mixedCopies,
  movedOnKubernetes,
  proxyProjects,
  soleMirrors,
} from './originals.data.ts';
import { originalReference } from './rename.ts';

/** The image that a name on a mirror stands for. */
export type KnownOriginal = {
  readonly original: Reference;
  /** `likely`: by how the project is called; it may as well be an image of its own. */
  readonly certainty: 'certain' | 'likely';
};

/**
 * The original of a name that stands on a mirror already: on one of the configuration whose scheme can be turned round,
 * or on one that is known by its host, its project, or an original host in the path. Undefined for originals, and for
 * what nobody can say.
 */
export function originalOf(reference: Reference, mirrors: readonly Mirror[]): KnownOriginal | undefined {
  for (const mirror of mirrors) {
    const original = originalReference(mirror, reference);
    if (original !== undefined) return { original, certainty: 'certain' };
  }
  return publicOriginal(reference);
}

/** The same without a configuration. */
export function publicOriginal(reference: Reference): KnownOriginal | undefined {
  const certain =
    inPath(reference) ?? onLabelledHost(reference) ?? onSoleMirror(reference) ?? inKnownProject(reference);
  const isOrigin = originHosts.has(reference.registry);
  // Who names a registry of originals may mean what that one has.
  if (certain !== undefined) return known(certain, reference, isOrigin ? 'likely' : 'certain');
  const likely = isOrigin ? undefined : inProxyProject(reference);
  return likely === undefined ? undefined : known(likely, reference, 'likely');
}

function known(
  name: string,
  { tag, digest }: Reference,
  certainty: KnownOriginal['certainty'],
): KnownOriginal | undefined {
  const named = tryParseReference(name);
  if (named === undefined) return undefined;
  const { registry, repository } = named;
  return {
    certainty,
    original: {
      registry,
      repository,
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
    },
  };
}

/** `docker.io/library/nginx` of `mirror.corp/proxy/docker.io/library/nginx`. */
function inPath({ repository }: Reference): string | undefined {
  const parts = repository.split('/');
  const at = parts.findIndex((part, index) => originHosts.has(part) && index < parts.length - 1);
  return at < 0 ? undefined : parts.slice(at).join('/');
}

/** `quay.io/x/y` of `quay.m.daocloud.io/x/y`. */
function onLabelledHost({ registry, repository }: Reference): string | undefined {
  const [label = '', ...domain] = registry.split('.');
  const host = Object.hasOwn(hostLabels, label) ? hostLabels[label] : undefined;
  if (host === undefined) return undefined;
  return labelledDomains.test(domain.join('.')) ? `${host}/${repository}` : undefined;
}

function onSoleMirror({ registry, repository }: Reference): string | undefined {
  const mirror = soleMirrors.find(({ pattern }) => pattern.test(registry));
  return mirror === undefined ? undefined : `${mirror.of}/${repository}`;
}

function inKnownProject(reference: Reference): string | undefined {
  const name = repositoryName(reference);
  const official = /^public\.ecr\.aws\/docker\/(library\/[^/]+)$/.exec(name)?.[1];
  if (official !== undefined) return `docker.io/${official}`;
  for (const { place, of } of flatCopies) {
    const last = place.exec(name)?.[1];
    if (last !== undefined) return `${of}/${movedOnKubernetes[last] ?? last}`;
  }
  const [, aliyun, huawei] = mixedCopies.exec(name) ?? [];
  return soleRepository(aliyun ?? huawei);
}

/** Of the repositories that clusters run most, the one with this last part; undefined when several have it. */
function soleRepository(last: string | undefined): string | undefined {
  if (last === undefined) return undefined;
  if (Object.hasOwn(installerNames, last)) return installerNames[last];
  const found = commonRepositories.filter((name) => name.endsWith(`/${last}`));
  return found.length === 1 ? found[0] : undefined;
}

/** Is it in a project that holds copies of public images, whichever they are. */
export function isInCopyProject(reference: Reference): boolean {
  const name = repositoryName(reference);
  return mixedCopies.test(name) || flatCopies.some(({ place }) => place.test(name));
}

/** `docker.io/library/nginx` of `harbor.corp/dockerhub-proxy/library/nginx`. */
function inProxyProject({ repository }: Reference): string | undefined {
  const parts = repository.split('/');
  const at = parts.findIndex((part) => proxyProjects.some(({ pattern }) => pattern.test(part)));
  const rest = parts.slice(at + 1);
  if (at >= 0 && at < 2 && rest.length > 0) {
    const { of } = proxyProjects.find(({ pattern }) => pattern.test(parts[at] ?? '')) ?? { of: '' };
    return `${of}/${of === 'docker.io' && rest.length === 1 ? 'library/' : ''}${rest.join('/')}`;
  }
  // Nobody but Docker Hub has a `library/` in front of its own images.
  const official = parts.slice(1).join('/');
  return commonRepositories.includes(`docker.io/${official}`) && official.startsWith('library/')
    ? `docker.io/${official}`
    : undefined;
}
