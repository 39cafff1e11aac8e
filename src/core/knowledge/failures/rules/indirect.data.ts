import type { Rule } from './rule.ts';

/**
 * Symptoms elsewhere: an Event or condition of a node, claim, webhook or release is never a direct pull class,
 * whatever network words it holds. Tested first.
 */
export const indirectRules: readonly Rule[] = [
  {
    name: 'webhook-unreachable',
    class: 'dependent-webhook',
    pattern:
      /\bfailed calling (?:admission )?webhook\b|\bfailed to call webhook\b|\bcalling webhook "[^"]{1,200}"(?::| failed)|\bconversion webhook for .{1,200}? failed\b|\bno endpoints available for service\b|\bFailedDiscoveryCheck\b/i,
    seen: 'kube-apiserver, all versions: apiserver/pkg/admission/plugin/webhook/errors; ReplicaSet and Job repeat it in FailedCreate',
  },
  {
    name: 'webhook-no-endpoints',
    class: 'dependent-webhook',
    pattern:
      /\bservice "[^"]{1,200}" not found\b.{0,200}\bwebhook\b|\bwebhook\b.{0,300}\b(?:has no endpoints|no (?:ready )?endpoints|not (?:yet )?ready|is not reachable|connection refused|context deadline exceeded|i\/o timeout|service "[^"]{1,200}" not found)/i,
    seen: 'kube-apiserver; operators that quote it (cert-manager cmctl check api, istioctl, olm)',
  },
  {
    name: 'admission-denied',
    class: 'unknown',
    pattern:
      /\badmission webhook "[^"]{1,200}" denied the request\b|\bdenied by (?:policy|.{1,60} admission)\b|\bViolat(?:es|ed) PodSecurity\b|\bexceeded quota: /i,
    confidence: 'unknown',
    mirrorHelps: 'maybe',
    seen: 'kube-apiserver, all versions: a decision, not a failure to reach the webhook; no pull was tried',
  },
  {
    name: 'no-pull',
    class: 'unknown',
    pattern:
      /\b(?:Liveness|Readiness|Startup) probe (?:failed|errored)\b|\bBack-?off (?:\S{1,20} )?restarting failed\b|\bUnable to connect to the server\b|\b[Tt]he connection to the server \S{1,255} was refused\b|\betcdserver: |\bMountVolume\.SetUp failed for volume .{1,300}(?:secret|configmap)s? .{0,200}(?:not found|cache)/i,
    confidence: 'unknown',
    mirrorHelps: 'maybe',
    seen: 'kubelet and kubectl: network words in texts that are about no image',
  },
  {
    name: 'cni-not-ready',
    class: 'dependent-node',
    pattern:
      /NetworkPluginNotReady|NetworkReady=false|\bnetwork plugin is not ready\b|\bcni plugin not initialized\b|\bcni config uninitialized\b|\bruntime network not ready\b|\bNo CNI configuration file in\b|\bno networks? found in \/etc\/cni\b/i,
    seen: 'kubelet node condition and NetworkNotReady Event; containerd internal/cri/server/status.go, cri-dockerd, CRI-O (OpenShift)',
  },
  {
    name: 'cni-sandbox',
    class: 'dependent-node',
    pattern:
      /\bfailed to set ?up network for sandbox\b|\bfailed to set ?up sandbox container "[^"]{0,100}" network\b|\bnetworkPlugin cni failed\b|\bNetworkPlugin cni failed\b|\bplugin type="[^"]{1,60}"(?: name="[^"]{1,60}")? failed\b|\bfailed to find plugin "[^"]{1,60}" in path\b|\berror adding pod .{1,120} to CNI network\b|\bfailed to create pod network sandbox\b|\b(?:stat|open) \/var\/lib\/calico\/nodename\b|\/run\/flannel\/subnet\.env\b|\bunable to connect to Cilium (?:agent|daemon)\b|\bMultus: \[/i,
    seen: 'FailedCreatePodSandBox: containerd sandbox_run.go, dockershim and cri-dockerd, CRI-O; texts of calico, flannel, cilium, multus',
  },
  {
    name: 'node-not-ready',
    class: 'dependent-node',
    pattern:
      /\bnode\.kubernetes\.io\/(?:not-ready|network-unavailable)\b|\bnode\(s\) were not ready\b|\bnetwork is not ready\b|\bnode\.cilium\.io\/agent-not-ready\b|\bnode\.cloudprovider\.kubernetes\.io\/uninitialized\b/i,
    seen: 'kube-scheduler FailedScheduling; kubelet pkg/kubelet/pod_workers.go',
  },
  {
    name: 'csi-driver-not-registered',
    class: 'dependent-node',
    pattern:
      /\bnot found in the list of registered CSI drivers\b|\bCSINode \S{1,250} does not contain driver\b|\bdriver name \S{1,200} not found\b|\bcsi node\S{0,20} .{0,80}\bnot (?:yet )?registered\b/i,
    seen: 'kubelet FailedMount and attach/detach controller: pkg/volume/csi/csi_client.go',
  },
  {
    name: 'no-storage-class',
    class: 'no-storage-class',
    pattern:
      /\bno storage ?class is set\b|\bstorageclass(?:\.storage\.k8s\.io|es?\.storage\.k8s\.io)? "[^"]{0,250}" not found\b|\bdefault storage ?class (?:was )?not found\b|\bno default storage ?class\b|\bno storage ?class (?:found|available|configured)\b|\b(?:can ?not|cannot|couldn't|could not) find (?:a )?(?:default )?storage ?class\b/i,
    seen: 'PV controller FailedBinding/ProvisioningFailed: pkg/controller/volume/persistentvolume; ks-installer "Default StorageClass was not found"',
  },
  {
    name: 'helper-pod-timeout',
    class: 'dependent-storage',
    pattern:
      /\bcreate process timeout after \d+ seconds\b|\bpods "(?:init-pvc|helper-pod|create-pvc|cleanup-pvc)-[^"]{1,200}" already exists\b|\bhelper-pod-(?:create|delete)-pvc-|\binit-pvc-[0-9a-f-]{8,}|\bfailed to provision volume with StorageClass "(?:local-path|openebs-[\w-]+)"/i,
    seen: 'rancher/local-path-provisioner provisioner.go; openebs/dynamic-localpv-provisioner helper_hostpath.go',
  },
  {
    name: 'external-provisioner-waits',
    class: 'dependent-storage',
    pattern:
      /\bwaiting for a volume to be created, either by external provisioner|\bwaiting for a volume to be created either by the external provisioner\b|\bunbound immediate PersistentVolumeClaims?\b|\bpod has unbound PersistentVolumeClaims?\b|\bprovisioner\b.{0,80}\b(?:is not running|not ready)\b/i,
    seen: 'PV controller ExternalProvisioning; kube-scheduler FailedScheduling, both wordings (1.19+ and older)',
  },
  {
    name: 'claim-pending',
    class: 'dependent-storage',
    pattern:
      /\b(?:persistentvolumeclaim|PVC|pvc) ?"?[\w./-]{0,200}"? (?:is )?(?:not bound|pending|still pending|in phase Pending)\b|\btimed out waiting for (?:the )?(?:pvc|persistentvolumeclaim|volume)\b|\bfailed to provision volume\b.{0,400}\b(?:timed? ?out|timeout|no healthy|connection refused|Unavailable|DeadlineExceeded)/i,
    confidence: 'likely',
    seen: 'operators and installers that wait for a claim; external-provisioner ProvisioningFailed',
  },
  {
    name: 'volumes-not-attached',
    class: 'dependent-storage',
    pattern: /\btimed? ?out\b|\btimeout\b|\bwaiting\b|\battach|\bprovision|\bdeadline\b/i,
    reason: /^(?:FailedMount|FailedAttachVolume|ProvisioningFailed|ExternalProvisioning)$/,
    when: ({ text }) => !/\b(?:secret|configmap)s?\b/i.test(text),
    confidence: 'likely',
    seen: 'kubelet and attach/detach controller: Unable to attach or mount volumes … timed out waiting for the condition',
  },
  {
    name: 'volumes-timeout',
    class: 'dependent-storage',
    pattern:
      /\bUnable to (?:attach or )?mount volumes\b|\btimeout expired waiting for volumes to attach or mount\b|\bAttachVolume\.Attach failed\b|\bMountVolume\.MountDevice failed\b/i,
    confidence: 'likely',
    seen: 'kubelet FailedMount without its reason',
  },
  {
    name: 'helm-hook',
    class: 'dependent-install',
    pattern:
      /\b(?:pre|post)-(?:install|upgrade|rollback|delete)(?: hooks?)? ?(?:hooks )?failed\b|\bfailed (?:pre|post)-(?:install|upgrade|rollback|delete)\b|\bhooks? (?:job )?\S{0,200} ?failed: |\b[Jj]ob (?:\S{1,250} )?failed: (?:BackoffLimit|Deadline)Exceeded\b|\bBackoffLimitExceeded\b|\bJob (?:was active longer than specified deadline|has reached the specified backoff limit)\b/i,
    seen: 'helm 2, 3 and 4 pkg/action/hooks.go; Job controller',
  },
  {
    name: 'helm-release-busy',
    class: 'dependent-install',
    pattern:
      /\banother operation \(install\/upgrade\/rollback\) is in progress\b|\bpending-(?:install|upgrade|rollback)\b|\bhas no deployed releases\b/i,
    seen: 'helm 3 and 4 pkg/action: errPending',
  },
  {
    name: 'helm-timeout',
    class: 'dependent-install',
    pattern:
      /\b(?:INSTALLATION|UPGRADE|ROLLBACK) FAILED: .{0,300}\b(?:timed out waiting|context deadline exceeded|client rate limiter|resource (?:\S{1,250} )?not ready|progress deadline exceeded)|\b(?:helm|release|chart|addon|HelmRelease)\b.{0,300}\b(?:timed out waiting for the condition|context deadline exceeded|resources? not ready)|\bresource not ready, name: /i,
    // A chart in an OCI registry that cannot be fetched is a direct failure.
    when: ({ text }) => !/<url>/.test(text),
    seen: 'helm --wait, helm 2 "release X failed", flux, k3s helm-controller, terraform, minikube addons, ks-installer',
  },
  {
    name: 'install-plan',
    class: 'dependent-install',
    pattern:
      /\bbundle unpacking failed\b|\bInstallPlan\b.{0,200}\b(?:failed|stuck|timeout)|\bInstallCheckFailed\b|\binstall (?:strategy )?(?:timeout|failed)\b|\binstalling: waiting for deployment\b|\btimeout waiting for: \[/i,
    seen: 'operator-lifecycle-manager; flux kustomize-controller health checks',
  },
  {
    name: 'install-timeout',
    class: 'dependent-install',
    pattern:
      /\btimed out waiting for the condition\b|\bexceeded its progress deadline\b|\bProgressDeadlineExceeded\b/i,
    when: ({ text }) => !/<url>|\bpull/i.test(text),
    confidence: 'likely',
    seen: 'installers built on wait.Poll (helm, kubeadm, KubeKey, ks-installer, istioctl): the text says only that something is not ready',
  },
];
