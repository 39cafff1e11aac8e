import type { ChartPlace, RenderOptions } from '../../adapters/helm/index.ts';
import type { ImageListing } from '../../core/model/index.ts';
import type { World } from '../../access/index.ts';

// Each source is loaded when it is listed: a chart needs no cluster.
const files = async () => await import('../../stages/source/files/index.ts');
const kustomize = async () => await import('../../stages/source/kustomize/index.ts');
const charts = async () => await import('../../stages/source/chart/index.ts');
const releases = async () => await import('../../stages/source/release/index.ts');
const clusters = async () => await import('../../stages/source/cluster/images/index.ts');

/** Where images are listed from. */
export type ImageSource =
  | {
      readonly type: 'files';
      readonly paths: readonly string[];
      readonly include?: readonly string[];
      readonly exclude?: readonly string[];
    }
  | { readonly type: 'kustomize'; readonly folder: string; readonly enableHelm: boolean }
  | ({
      readonly type: 'chart';
      readonly valuesFiles: readonly string[];
    } & ChartPlace &
      Omit<RenderOptions, 'release' | 'values' | 'includeCrds'>)
  | { readonly type: 'release'; readonly name: string; readonly namespace?: string }
  | {
      readonly type: 'cluster';
      /** Absent: the namespace of the kubeconfig's context. */
      readonly namespace?: string;
      readonly allNamespaces: boolean;
      readonly selector?: string;
    }
  | { readonly type: 'node'; readonly name: string };

/** Every image of a source; changes nothing, asks no registry. */
export async function listImages(source: ImageSource, world: World): Promise<ImageListing> {
  const { env, signal, followLinks } = world.options;
  switch (source.type) {
    case 'files':
      return await (await files()).listManifests(source.paths, { ...world.options, ...source });
    case 'kustomize':
      return await (
        await kustomize()
      ).imagesOfKustomization(source.folder, {
        enableHelm: source.enableHelm,
        env,
        signal,
      });
    case 'chart': {
      const { type: _, ...options } = source;
      return await (await charts()).imagesOfChart({ ...options, env, signal, followLinks });
    }
    case 'release': {
      const { name, type: _, ...where } = source;
      return await (await releases()).imagesOfRelease(await world.outside.kube(), name, { ...where, signal });
    }
    case 'node':
      return await (await clusters()).imagesOfNode(await world.outside.kube(), source.name, signal);
    case 'cluster': {
      const kube = await world.outside.kube();
      const { allNamespaces, namespace = kube.namespace, selector } = source;
      return await (
        await clusters()
      ).imagesOfCluster(kube, {
        ...(allNamespaces ? {} : { namespace }),
        ...(selector === undefined ? {} : { selector }),
        signal,
      });
    }
  }
}
