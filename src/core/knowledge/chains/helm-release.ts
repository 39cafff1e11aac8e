import type { JsonObject, ObjectRef } from '../../model/index.ts';
import { digText } from '../pods/index.ts';

/** A release as the labels of its newest revision tell it; the data of the Secret is not read. */
export type HelmRelease = {
  readonly namespace: string;
  readonly name: string;
  /** `pending-install`, `failed`, …: helm.sh/helm/v3/pkg/release/status.go. */
  readonly status: string;
};

/** Selects the Secrets in which Helm 3 and 4 keep the newest revisions (pkg/storage/driver/secrets.go). */
export const releaseSecrets = 'owner=helm,status!=superseded';

const unfinished = new Set(['pending-install', 'pending-upgrade', 'pending-rollback', 'failed']);

/** The releases whose newest revision waits or has failed. */
export function unfinishedReleases(secrets: readonly JsonObject[]): readonly HelmRelease[] {
  const revisions = secrets.flatMap((secret) => {
    const [namespace, name, status, version] = [
      digText(secret, 'metadata', 'namespace'),
      ...['name', 'status', 'version'].map((label) => digText(secret, 'metadata', 'labels', label)),
    ];
    if (namespace === undefined || name === undefined || status === undefined) return [];
    return [{ release: { namespace, name, status }, version: Number(version) }];
  });
  const newest = new Map(
    revisions
      .toSorted((a, b) => a.version - b.version)
      .map(({ release }) => [`${release.namespace}/${release.name}`, release]),
  );
  return [...newest.values()].filter(({ status }) => unfinished.has(status));
}

/** True for what a chart may have brought: Helm marks it, or it is a hook. */
export function mayBeOfRelease(object: JsonObject): boolean {
  return releaseNameOf(object) !== undefined || hookOf(object) !== undefined;
}

/**
 * The release that an object is of. What Helm installs names its release (pkg/action/validate.go); a hook does not,
 * so it is known by the label that charts give it, or by its name, which begins with that of the release.
 */
export function releaseOf(object: JsonObject, releases: readonly HelmRelease[]): HelmRelease | undefined {
  const own = digText(object, 'metadata', 'namespace');
  const named = releaseNameOf(object);
  if (named !== undefined) {
    const namespace = digText(object, 'metadata', 'annotations', 'meta.helm.sh/release-namespace') ?? own;
    return releases.find((release) => release.name === named && release.namespace === namespace);
  }
  if (hookOf(object) === undefined) return undefined;
  const label =
    digText(object, 'metadata', 'labels', 'app.kubernetes.io/instance') ??
    digText(object, 'metadata', 'labels', 'release');
  const here = releases.filter(({ namespace }) => namespace === own);
  const labelled = here.find(({ name }) => name === label);
  const objectName = digText(object, 'metadata', 'name') ?? '';
  const prefixing = here
    .filter(({ name }) => objectName === name || objectName.startsWith(`${name}-`))
    .toSorted((a, b) => b.name.length - a.name.length);
  return labelled ?? prefixing[0];
}

/** `pre-install`, `post-upgrade,post-rollback`, …: when a hook runs; undefined for what is none. */
export function hookOf(object: JsonObject): string | undefined {
  return digText(object, 'metadata', 'annotations', 'helm.sh/hook');
}

/** A release is no object of the API; this is how chains and screens name it. */
export function releaseRef({ namespace, name }: HelmRelease): ObjectRef {
  return { apiVersion: 'helm.sh/v3', kind: 'Release', namespace, name };
}

function releaseNameOf(object: JsonObject): string | undefined {
  return digText(object, 'metadata', 'annotations', 'meta.helm.sh/release-name');
}
