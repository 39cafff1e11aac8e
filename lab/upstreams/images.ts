import type { MemoryStore } from '../../src/apps/hub/index.ts';
import { parseReference } from '../../src/core/image/index.ts';
import { busyboxFiles } from '../../test/support/busybox.ts';
import { makeImage, pushToStore } from '../../test/support/images.ts';
import type { ImageDigests, ImageRequest } from './api.ts';
import { siteHost } from './sites.ts';

type Stores = ReadonlyMap<string, MemoryStore>;

/** Makes an image and puts it into the registries that its names say. Throws for a name of no registry here. */
export async function placeImage(stores: Stores, request: ImageRequest): Promise<ImageDigests> {
  const names = [request.name, ...(request.at ?? [])].map((name) => locate(stores, name));
  const [first] = names;
  const { platforms, layers, layerBytes, format, multiArch, annotations } = request;
  const image = await makeImage({
    seed: request.seed ?? `${first?.repository}:${first?.tag}`,
    cmd: request.cmd ?? ['sleep', '3600'],
    ...(request.runnable === false ? {} : { files: await busyboxFiles() }),
    ...(platforms && { platforms }),
    ...(layers !== undefined && { layers }),
    ...(layerBytes !== undefined && { layerBytes }),
    ...(format && { format }),
    ...(multiArch !== undefined && { multiArch }),
    ...(annotations && { annotations }),
  });
  for (const { store, repository, tag } of names) await pushToStore(store, repository, tag, image);
  const perPlatform = Object.fromEntries(image.manifests.map(({ platform, digest }) => [platform, digest]));
  return { index: image.digest, perPlatform };
}

/** Removes the tags whose full reference starts with `prefix`, and repositories that are left without one. */
export async function removeImages(stores: Stores, prefix: string): Promise<number> {
  let removed = 0;
  for (const [host, store] of stores) {
    for (const repository of await store.listRepositories()) {
      const tags = (await store.listTags(repository)) ?? [];
      const matching = tags.filter((tag) => isUnder(`${host}/${repository}:${tag}`, prefix));
      for (const tag of matching) await store.deleteTag(repository, tag);
      if (matching.length > 0 && matching.length === tags.length) await store.deleteRepository(repository);
      removed += matching.length;
    }
  }
  return removed;
}

function isUnder(reference: string, prefix: string): boolean {
  const [host = '', ...rest] = prefix.split('/');
  return reference.startsWith([siteHost(host), ...rest].join('/'));
}

function locate(
  stores: Stores,
  name: string,
): { readonly store: MemoryStore; readonly repository: string; readonly tag: string } {
  const { registry, repository, tag, digest } = parseReference(name);
  const store = stores.get(siteHost(registry));
  if (store === undefined) throw new Error(`no registry here is called ${registry}`);
  if (tag === undefined || digest !== undefined) throw new Error(`needs a tag and no digest: ${name}`);
  return { store, repository, tag };
}
