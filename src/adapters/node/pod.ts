import { asList, asObjects, asText, dig, digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';

/** Where debug pods live: privileged pods are refused in most other namespaces (Pod Security admission). */
export const debugNamespace = 'kube-system';

/** Marks them, so that what a killed run left is found. */
export const debugLabel = 'pullmend.dev/node-access';

/** Whatever happens, its kubelet ends it after this: longer than the largest image takes on a bad line. */
const debugPodSeconds = 4 * 3600;

/** So often whoever uses the pod tells it to stay. */
export const beatSeconds = 25;
/** How it is told. */
export const beatCommand = ['/bin/sh', '-c', ': >/pullmend-beat'];
/** Minutes without a beat after which it ends by itself: whoever made it is gone. */
const beatMinutes = 2;
const untilSilent = `: >/pullmend-beat; while [ -n "$(find /pullmend-beat -mmin -${beatMinutes})" ]; do sleep 5; done`;

/** Folders of the host that its shell and the tools of a pull need; the image brings nothing. */
const hostFolders = ['/usr', '/bin', '/lib', '/etc'];

/** Where the dynamic linker of these lies (System V ABI); musl has no such folder. */
const withLib64 = ['amd64', 's390x', 'ppc64le'];

/** The runtime itself needs this image, so that nobody removes it; nothing in it stands in the way of the host's. */
const pauseImage = /(?:^|[/-])pause(?:[-:@][^/]*)?$/;

/** Images that are on the node by its last report: the pause image, then the others, smallest first. */
export function imagesOn(node: JsonObject): readonly string[] {
  const images = asObjects(dig(node, 'status', 'images'))
    .toSorted((a, b) => Number(a.sizeBytes ?? 0) - Number(b.sizeBytes ?? 0))
    .flatMap(({ names }) => {
      const all = asList(names).flatMap((name) => asText(name) ?? []);
      return all.find((name) => !name.includes('@')) ?? all[0] ?? [];
    });
  const isPause = (image: string): boolean => pauseImage.test(image);
  return [...images.filter(isPause), ...images.filter((image) => !isPause(image))];
}

/** A privileged pod on one node, from an image that is there, in which the host's own programs run. */
export function debugPod(node: JsonObject, image: string, name: string): JsonObject {
  const nodeName = digText(node, 'metadata', 'name') ?? '';
  const arch = digText(node, 'status', 'nodeInfo', 'architecture') ?? '';
  const isMusl = /alpine/i.test(digText(node, 'status', 'nodeInfo', 'osImage') ?? '');
  const folders = [...hostFolders, ...(withLib64.includes(arch) && !isMusl ? ['/lib64'] : [])];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: debugNamespace,
      name,
      labels: { [debugLabel]: 'true', 'app.kubernetes.io/managed-by': 'pullmend' },
    },
    spec: {
      nodeName,
      hostPID: true,
      hostNetwork: true,
      restartPolicy: 'Never',
      activeDeadlineSeconds: debugPodSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'host',
          image,
          imagePullPolicy: 'Never',
          command: ['/bin/sh', '-c', untilSilent],
          // Reading another process's root and variables takes root and its capabilities.
          securityContext: { privileged: true, runAsUser: 0 },
          volumeMounts: folders.map((path) => ({ name: path.slice(1), mountPath: path, readOnly: true })),
        },
      ],
      // `Directory`: a folder that is not there is an error, never made.
      volumes: folders.map((path) => ({ name: path.slice(1), hostPath: { path, type: 'Directory' } })),
    },
  };
}
