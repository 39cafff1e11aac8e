import type { Kube } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import {
  kubeadmMirrors,
  kubeSphereMirrors,
  type ConfiguredMirror,
} from '../../core/knowledge/mirrors/index.ts';
import { digText, type KindInfo } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';

const clusterConfiguration: KindInfo = {
  kind: 'ClusterConfiguration',
  apiVersions: ['installer.kubesphere.io/v1alpha1'],
  plural: 'clusterconfigurations',
  names: [],
  namespaced: true,
};

/** Registries that kubeadm and KubeSphere were told to take images from. */
export async function readSettings(kube: Kube): Promise<{
  readonly configured: readonly ConfiguredMirror[];
  readonly unread: readonly string[];
}> {
  const unread: string[] = [];
  const read = async (
    what: string,
    get: () => Promise<readonly JsonObject[]>,
    mirrors: (object: JsonObject) => readonly ConfiguredMirror[],
  ): Promise<readonly ConfiguredMirror[]> => {
    try {
      return (await get()).flatMap(mirrors);
    } catch (error) {
      // A cluster without KubeSphere answers 404 for the kind.
      if (!(error instanceof PullmendError) || !['PM_FORBIDDEN', 'PM_NOT_FOUND'].includes(error.code))
        throw error;
      if (error.code === 'PM_FORBIDDEN') unread.push(what);
      return [];
    }
  };
  const configMap = (namespace: string, name: string) => async () => [
    await kube.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }),
  ];
  const configured = [
    ...(await read('configmaps in kube-system', configMap('kube-system', 'kubeadm-config'), kubeadmMirrors)),
    ...(await read(
      'configmaps in kubesphere-system',
      configMap('kubesphere-system', 'kubesphere-config'),
      kubeSphereMirrors,
    )),
    ...(await read(
      'clusterconfigurations.installer.kubesphere.io',
      async () => await installer(kube),
      kubeSphereMirrors,
    )),
  ];
  return { configured, unread };
}

async function installer(kube: Kube): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const page of kube.pages(clusterConfiguration, { namespace: 'kubesphere-system' })) {
    found.push(...page.filter((it) => digText(it, 'metadata', 'name') === 'ks-installer'));
  }
  return found;
}
