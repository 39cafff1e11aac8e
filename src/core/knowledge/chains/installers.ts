/**
 * Pods that install other things and say only in their log what is in the way. KubeSphere 3.x: `app` is `ks-install` in
 * deploy/kubesphere-installer.yaml up to 3.3 and `ks-installer` since; its own instructions select both.
 */
export const installerPods = 'app in (ks-install,ks-installer)';

/** What it says when all is installed: what was in the way before is not any more. */
export const installerDone = 'Welcome to KubeSphere!';
