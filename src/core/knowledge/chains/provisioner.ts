import type { JsonObject } from '../../model/index.ts';
import { asList, asObjects, asText, dig, digText } from '../pods/index.ts';

/** Provisioners whose pods do not name them, by how their pods are called in charts and manifests. */
const podNames: readonly (readonly [provisioner: string, pods: RegExp])[] = [
  ['rancher.io/local-path', /^local-path-provisioner-/],
  // Charts localpv-provisioner and openebs, and KubeKey's manifest.
  ['openebs.io/local', /localpv-provisioner/],
];

/** True for a pod that provisions, or helps to provision, volumes for a StorageClass of this provisioner. */
export function isProvisionerPod(pod: JsonObject, provisioner: string): boolean {
  const name = digText(pod, 'metadata', 'name') ?? '';
  if (podNames.some(([known, pattern]) => known === provisioner && pattern.test(name))) return true;
  // Drivers and the external provisioners get their name as an argument or in the environment.
  return [
    ...asObjects(dig(pod, 'spec', 'initContainers')),
    ...asObjects(dig(pod, 'spec', 'containers')),
  ].some(
    (container) =>
      asList(container.args).some((argument) => names(asText(argument), provisioner)) ||
      asObjects(container.env).some(({ value }) => asText(value) === provisioner),
  );
}

function names(argument: string | undefined, provisioner: string): boolean {
  return argument === provisioner || argument?.endsWith(`=${provisioner}`) === true;
}

/**
 * The volume in the name of a pod that a provisioner makes to prepare or clean a directory:
 * `helper-pod-create-pvc-UID`, `create-pvc-UID` (local-path-provisioner), `init-pvc-UID` (OpenEBS). External
 * provisioners call volumes `pvc-` and the claim's UID.
 */
export function volumeNamed(podName: string): string | undefined {
  return /-(pvc-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-|$)/.exec(`-${podName}`)?.[1];
}
