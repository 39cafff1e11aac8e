import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';

/** A connection that takes note of what its user may not read; callers go without, and the answer says so. */
export type Noting = { readonly kube: Kube; readonly unread: () => readonly string[] };

export function notingUnread(kube: Kube): Noting {
  const rights = new Set<string>();

  function note(error: unknown): never {
    if (isError(error, 'PM_FORBIDDEN')) {
      const { verb, resource, namespace } = error.params;
      rights.add(`${verb} ${resource}${namespace === undefined ? '' : ` in ${namespace}`}`);
    }
    throw error;
  }

  return {
    unread: () => [...rights].toSorted(),
    kube: {
      ...kube,
      list: (...call) => kube.list(...call).catch(note),
      find: (...call) => kube.find(...call).catch(note),
      pages: (...call) => noted(kube.pages(...call), note),
    },
  };
}

async function* noted<T>(pages: AsyncIterable<T>, note: (error: unknown) => never): AsyncGenerator<T> {
  try {
    yield* pages;
  } catch (error) {
    note(error);
  }
}
