import { decodeRelease, type StoredRelease } from '../../../adapters/helm/index.ts';
import type { Kube } from '../../../adapters/kube/index.ts';
import { isError, PullmendError } from '../../../core/base/index.ts';
import { digText } from '../../../core/knowledge/pods/index.ts';
import type { ImageListing, JsonObject } from '../../../core/model/index.ts';
import { imagesByTemplate, readRendered } from '../rendered.ts';

/** What one release has by default in its history (`--history-max`), and some. A page of Secrets of 1 MB each. */
const perPage = 20;

/**
 * The images of an installed Helm release: of its manifest and its hooks, as they were rendered. Errors:
 * PM_RELEASE_NOT_FOUND, PM_RELEASE_BROKEN, PM_FILE_BROKEN.
 */
export async function imagesOfRelease(
  kube: Kube,
  name: string,
  { namespace = kube.namespace, signal }: { readonly namespace?: string; readonly signal?: AbortSignal },
): Promise<ImageListing> {
  const release = await findRelease(kube, name, { namespace, ...(signal === undefined ? {} : { signal }) });
  const documents = [
    ...readRendered(release.manifest, `${name}.v${release.version}`),
    ...release.hooks.flatMap(({ path, manifest }) => readRendered(`# Source: ${path}\n${manifest}`, path)),
  ];
  return { groups: imagesByTemplate(documents), notes: [] };
}

type Where = { readonly namespace: string; readonly signal?: AbortSignal };

/** The deployed revision, else the newest. Helm's drivers: Secrets, and ConfigMaps for `HELM_DRIVER=configmap`. */
async function findRelease(kube: Kube, name: string, where: Where): Promise<StoredRelease> {
  for (const kind of ['Secret', 'ConfigMap']) {
    const newest = choose(await holders(kube, kind, name, where));
    if (newest !== undefined) return await decodeRelease(newest);
  }
  const { namespace } = where;
  throw new PullmendError('PM_RELEASE_NOT_FOUND', {
    name,
    namespace,
    known: await knownReleases(kube, where),
  });
}

async function holders(kube: Kube, kind: string, name: string, where: Where): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  // Helm writes the label `owner: helm` in its Secrets and ConfigMaps alike (pkg/storage/driver).
  const labelSelector = `owner=helm,name=${name}`;
  for await (const page of kube.pages(kind, { ...where, labelSelector, limit: perPage })) found.push(...page);
  return found;
}

function choose(found: readonly JsonObject[]): JsonObject | undefined {
  const label = (object: JsonObject, key: string): string => digText(object, 'metadata', 'labels', key) ?? '';
  const newestFirst = found.toSorted((a, b) => Number(label(b, 'version')) - Number(label(a, 'version')));
  return newestFirst.find((object) => label(object, 'status') === 'deployed') ?? newestFirst[0];
}

/** Names of the releases there; none when they may not be listed. */
async function knownReleases(kube: Kube, where: Where): Promise<readonly string[]> {
  const names = new Set<string>();
  try {
    for await (const page of kube.pages('Secret', {
      ...where,
      labelSelector: 'owner=helm',
      limit: perPage,
    })) {
      for (const secret of page) names.add(digText(secret, 'metadata', 'labels', 'name') ?? '');
    }
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
  }
  return [...names].toSorted();
}
