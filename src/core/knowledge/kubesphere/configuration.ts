const apiVersion = /^\s*"?apiVersion"?:\s*["']?(?:installer|kubekey)\.kubesphere\.io\//m;

/** Does a text hold the configuration of ks-installer or KubeKey, which pull images that it does not name. */
export function configuresInstaller(text: string): boolean {
  return apiVersion.test(text);
}
