import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../../core/model/index.ts';
import type { ChainContext, Culprit } from './context.ts';
import { firstOf, newestByObject } from './events.ts';

/**
 * Pods that a provisioner made for a claim and deleted again when they did not start in time; it makes them anew at
 * its next try (local-path-provisioner waits 120 s: provisioner.go, `cmdTimeoutSeconds`). Only their events are left.
 *
 * @param uid of the claim, which is in their names.
 */
export async function helpersGone({ kube }: ChainContext, uid: string): Promise<readonly Culprit[]> {
  const failed = await firstOf(kube, 'Event', 'involvedObject.kind=Pod,reason=Failed');
  const ours = failed.filter(
    (event) =>
      digText(event, 'involvedObject', 'name')?.includes(`pvc-${uid}`) === true &&
      imageOf(event) !== undefined,
  );
  // Each try makes a pod of the same name; the last one counts.
  const byName = new Map(
    [...newestByObject(ours).values()].map((event) => [digText(event, 'involvedObject', 'name'), event]),
  );
  return [...byName.values()].flatMap((event) => {
    const image = imageOf(event);
    return image === undefined ? [] : [{ pod: podOf(event, image), object: {} }];
  });
}

function imageOf(event: JsonObject): string | undefined {
  return /^Failed to pull image "([^"]+)"/.exec(digText(event, 'message') ?? '')?.[1];
}

function podOf(event: JsonObject, image: string): Culprit['pod'] {
  const about = (name: string): string => digText(event, 'involvedObject', name) ?? '';
  const container = /\{([^}]*)\}$/.exec(about('fieldPath'))?.[1] ?? '';
  const node = digText(event, 'source', 'host') ?? digText(event, 'reportingInstance');
  const created = digText(event, 'firstTimestamp');
  return {
    ref: {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: about('namespace'),
      name: about('name'),
      uid: about('uid'),
    },
    ...(node === undefined ? {} : { node }),
    ...(created === undefined ? {} : { created }),
    isMirror: false,
    pullSecrets: [],
    images: { [container]: image },
    // The message stays where it was read: evidence is gathered from events.
    failing: [
      {
        place: 'container',
        name: container,
        image,
        path: '/spec/containers/0/image',
        waiting: container,
        reason: 'ErrImagePull',
        message: '',
      },
    ],
    // Where it may run is not known: anywhere.
    placing: { tolerations: [{ operator: 'Exists' }] },
    isGone: true,
  };
}
