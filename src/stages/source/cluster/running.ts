import type { Kube } from '../../../adapters/kube/index.ts';
import { normaliseImage } from '../../../core/image/index.ts';
import {
  asObjects,
  asText,
  dig,
  digText,
  failingSurfaces,
  isOver,
  objectRef,
  podSurfaces,
} from '../../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../../../core/model/index.ts';
import { ownerWalk } from './owners.ts';
import { controllerOf, type Controller } from './pods.ts';
import type { ClusterScope } from './from-cluster.ts';

type Found = {
  pods: number;
  readonly nodes: Set<string>;
  readonly controllers: Map<
    string,
    { readonly namespace: string; readonly by: Controller | undefined; readonly pod: ObjectRef }
  >;
  pullSecrets: { readonly namespace: string; readonly names: readonly string[] };
};

/** Every image that pods run without trouble, with what is needed to ask for it again. */
export async function runningImages(kube: Kube, { namespace, selector, signal }: ClusterScope) {
  const images = new Map<string, Found>();
  const options = {
    ...(namespace === undefined ? {} : { namespace }),
    ...(selector === undefined ? {} : { labelSelector: selector }),
    ...(signal === undefined ? {} : { signal }),
  };
  for await (const page of kube.pages('Pod', options)) for (const pod of page) note(pod, images);
  const climb = ownerWalk(kube);
  return [...images].map(([image, { pods, nodes, controllers, pullSecrets }]) => ({
    image,
    pods,
    nodes: [...nodes].toSorted(),
    pullSecrets,
    owners: async (): Promise<readonly ObjectRef[]> => {
      const tops = [...controllers.values()].map(async (one) => {
        const top = (await climb(one.namespace, one.by)).chain.at(-1);
        return top === undefined ? one.pod : objectRef(top);
      });
      return [...new Map((await Promise.all(tops)).map((ref) => [objectName(ref), ref])).values()];
    },
  }));
}

function note(pod: JsonObject, images: Map<string, Found>): void {
  if (isOver(pod) || digText(pod, 'status', 'phase') !== 'Running') return;
  const ref = objectRef(pod);
  const namespace = ref.namespace ?? '';
  const by = controllerOf(pod);
  const node = digText(pod, 'spec', 'nodeName');
  const failing = failingSurfaces(pod).map(({ image }) => image);
  const names = asObjects(dig(pod, 'spec', 'imagePullSecrets')).flatMap(({ name }) => asText(name) ?? []);
  const own = podSurfaces(pod.spec).flatMap(({ image, place }) =>
    failing.includes(image) || place === 'ephemeralContainer' ? [] : [normaliseImage(image)],
  );
  for (const image of new Set(own)) {
    const found = images.get(image) ?? {
      pods: 0,
      nodes: new Set(),
      controllers: new Map(),
      pullSecrets: { namespace, names },
    };
    found.pods += 1;
    if (node !== undefined) found.nodes.add(node);
    found.controllers.set(by?.uid ?? ref.uid ?? ref.name, { namespace, by, pod: ref });
    if (found.pullSecrets.names.length === 0) found.pullSecrets = { namespace, names };
    images.set(image, found);
  }
}
