import type { JsonObject } from '../../model/index.ts';
import { asObjects, digText, dig } from '../pods/index.ts';
import { isProvisionerPod } from './provisioner.ts';

/**
 * The CSI driver that a node lacks, from the text of a `FailedMount` or `FailedAttachVolume`: `driver name X not found
 * in the list of registered CSI drivers` (kubelet, pkg/volume/csi/csi_drivers_store.go, csi_client.go).
 */
export function missingCsiDriver(message: string): string | undefined {
  return /\bdriver name "?([\w.-]{1,63})"? not found in the list of registered CSI drivers/.exec(
    message,
  )?.[1];
}

/** True for a pod that serves this CSI driver on its node: it is told the name, or its socket is in a folder of it. */
export function isCsiDriverPod(pod: JsonObject, driver: string): boolean {
  if (isProvisionerPod(pod, driver)) return true;
  return asObjects(dig(pod, 'spec', 'volumes')).some((volume) =>
    digText(volume, 'hostPath', 'path')?.split('/').includes(driver),
  );
}
