import type { Kube } from '../../../adapters/kube/index.ts';
import { closestWord, isError, PullmendError } from '../../../core/base/index.ts';
import { digText } from '../../../core/knowledge/pods/index.ts';

/**
 * Where no pod was found, a slip of the pen is not taken for a cluster in which every image arrives. Throws
 * PM_NO_NAMESPACE and PM_NOTHING_SELECTED; a namespace that may not be read is believed.
 */
export async function refuseEmptyScope(
  kube: Pick<Kube, 'find' | 'list'>,
  { namespace, selector }: { readonly namespace?: string; readonly selector?: string },
): Promise<void> {
  if (namespace !== undefined && !(await mayExist(kube, namespace))) {
    const nearest = closestWord(namespace, await namespaces(kube));
    throw new PullmendError('PM_NO_NAMESPACE', { namespace, ...(nearest === undefined ? {} : { nearest }) });
  }
  if (selector === undefined) return;
  throw new PullmendError('PM_NOTHING_SELECTED', {
    selector,
    ...(namespace === undefined ? {} : { namespace }),
  });
}

async function mayExist(kube: Pick<Kube, 'find'>, name: string): Promise<boolean> {
  try {
    return (await kube.find({ apiVersion: 'v1', kind: 'Namespace', name })) !== undefined;
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return true;
    throw error;
  }
}

async function namespaces(kube: Pick<Kube, 'list'>): Promise<readonly string[]> {
  try {
    return (await kube.list('Namespace')).flatMap((object) => digText(object, 'metadata', 'name') ?? []);
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}
