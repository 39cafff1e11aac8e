import type { JsonObject } from '../../model/index.ts';
import { asObject, asObjects, asText, dig } from './json.ts';

/** Names of the containers of a pod that run now, init containers among them: sidecars are such. */
export function runningContainers(pod: JsonObject): readonly string[] {
  return ['initContainerStatuses', 'containerStatuses'].flatMap((list) =>
    asObjects(dig(pod, 'status', list)).flatMap(({ name, state }) =>
      asObject(state).running === undefined ? [] : [asText(name) ?? ''],
    ),
  );
}
