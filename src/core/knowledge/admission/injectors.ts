import type { JsonObject } from '../../model/index.ts';
import { asObject, dig, digText } from '../pods/index.ts';
import { injectors, type Injector } from './injectors.data.ts';

/**
 * The program that added a container to a pod, from the marks that it leaves and from the container's name. Both must
 * agree: a pod of a mesh may have a second container from elsewhere.
 */
export function injectorOf(pod: JsonObject, container: string): Injector | undefined {
  const marks = new Set([
    ...Object.keys(asObject(dig(pod, 'metadata', 'annotations'))),
    ...Object.keys(asObject(dig(pod, 'metadata', 'labels'))),
  ]);
  const fitting = injectors.filter((one) => one.containers.test(container));
  return (
    fitting.find((one) => one.marks.some((mark) => marks.has(mark))) ??
    // A status that lists its containers is proof enough by itself.
    injectors.find((one) => one.marks.some((mark) => listsContainer(pod, mark, container)))
  );
}

/** `sidecar.istio.io/status`: `{"initContainers":["istio-init"],"containers":["istio-proxy"],…}`. */
function listsContainer(pod: JsonObject, mark: string, container: string): boolean {
  const status = digText(pod, 'metadata', 'annotations', mark);
  return status?.startsWith('{') === true && status.includes(`"${container}"`);
}

export function injectorNamed(name: string): Injector | undefined {
  return injectors.find((one) => one.name === name);
}
