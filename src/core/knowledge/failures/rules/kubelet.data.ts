import type { Rule } from './rule.ts';

/** What the kubelet itself says, mostly before any registry was asked. */
export const kubeletRules: readonly Rule[] = [
  {
    name: 'never-pull-absent',
    class: 'never-pull-absent',
    pattern: /\bis not present with pull policy of Never\b|\bErrImageNeverPull\b/,
    seen: 'kubelet, all versions: pkg/kubelet/images/image_manager.go; ≥ 1.33 also for a present image that the pod may not use',
  },
  {
    name: 'never-pull-reason',
    class: 'never-pull-absent',
    reason: /^ErrImageNeverPull$/,
    seen: 'kubelet: pkg/kubelet/images/types.go',
  },
  {
    name: 'pull-qps',
    class: 'pull-qps',
    pattern: /\bpull QPS exceeded\b/i,
    seen: 'kubelet, all versions: pkg/kubelet/images/helpers.go',
  },
  {
    name: 'secret-warning',
    class: 'pull-secret-missing',
    pattern:
      /\bUnable to retrieve (?:some )?(?:image )?pull secrets?\b|\bimage ?pull ?secrets?\b.{0,120}\b(?:not found|does ?n[o']t exist|missing)|\bFailedToRetrieveImagePullSecret\b/i,
    seen: 'kubelet: Event ≥ 1.28 and log lines of all versions, pkg/kubelet/kubelet_pods.go (getPullSecretsForPod)',
  },
  {
    name: 'secret-warning-reason',
    class: 'pull-secret-missing',
    reason: /^FailedToRetrieveImagePullSecret$/,
    seen: 'kubelet ≥ 1.28: pkg/kubelet/events/event.go',
  },
  {
    name: 'credential-provider',
    class: 'credential-helper',
    pattern:
      /\bcredential provider plugin\b|\bCredentialProvider(?:Request|Response|Config)\b|\bexternal registry credential provider\b|\bdocker-credential-[\w-]+|\berror getting credentials\b|\bcredentials? helper\b|\becr:GetAuthorizationToken\b|\bFailed to get (?:ACR|ECR|GCR) (?:auth|credentials|token)|\bgoogle-dockercfg\b|\bretrieving credentials? (?:from|via) (?:helper|plugin)\b|\berror during credentials retrieval\b|\bgetting username and password\b|\bun?marshal(?:l?ing|ing)? JSON at \"[^\"]{1,200}auth\.json|\b[Uu]nable to parse [Dd]ocker config\b/i,
    // A Docker message that also reached the registry is about the registry's answer.
    when: ({ status }) => status === undefined,
    seen: 'kubelet log ≥ 1.20: pkg/credentialprovider/plugin; docker/cli credential store; containers/image pkg/docker/config; old in-tree ECR, GCR, ACR providers',
  },
  {
    name: 'signature',
    class: 'signature-rejected',
    pattern:
      /\bSource image rejected\b|\bsignature validation failed\b|\bSignatureValidationFailed\b|\bimage verifier \S{1,100} blocked pull\b|\b[Aa] signature was required\b|\bInvalid GPG signature\b|\bno (?:matching|valid|trusted) signatures?\b|\bsignature verification failed\b|\bis rejected by policy\b|\bdoes not have (?:valid )?trust data\b|\btrust data does not exist\b|\b[Nn]o valid trust data\b|\bimage is not signed\b|\bimage security (?:policy|validation)\b.{0,80}\b(?:reject|fail|den)|\bfailed to verify signature\b|\bcryptographic signature verification failed\b/,
    seen: 'CRI-O (kubelet ≥ 1.28 reason) and podman: containers/image signature/policy_eval*.go; containerd ≥ 2.0 pkg/imageverifier; docker content trust; Harbor content trust',
  },
  {
    name: 'signature-reason',
    class: 'signature-rejected',
    reason: /^SignatureValidationFailed$/,
    seen: 'kubelet ≥ 1.28: cri-api pkg/errors',
  },
  {
    name: 'short-name',
    class: 'short-name',
    pattern:
      /\bshort-name\b|\bshort name mode is enforcing\b|\bshort names?\b.{0,60}\b(?:enforc|ambiguous|not resolve|cannot)|\bno registries configured while trying to pull an unqualified image\b|\bunqualified[- ]search registries\b|\bunqualified image\b|\breturns ambiguous list\b|\bunable to find image in the registries defined in\b|\bdid not resolve to an alias\b/i,
    seen: 'CRI-O and podman, old and new: containers/image pkg/shortnames; cri-o internal/storage/image.go',
  },
  {
    name: 'invalid-name',
    class: 'invalid-name',
    pattern:
      /\binvalid reference format\b|\bcouldn't parse image (?:name|reference)\b|\bInvalidImageName\b|\brepository name must be (?:lowercase|canonical)\b|\brepository name \([^)]{0,300}\) must be lowercase\b|\binvalid (?:image|repository|tag) (?:name|format|reference)\b|\b(?:unable|failed|error) (?:to parse|parsing) (?:image (?:name|ref)|reference)|\bcould not parse (?:image )?reference\b|\bcannot specify 64-byte hexadecimal strings\b|\binvalid checksum digest (?:format|length)\b|\bunsupported digest algorithm\b|\binvalid (?:hostname|host in image)\b|: object required$|\brepository name must (?:have|not)\b|\bdummy:\/\/|\bfirst path segment in URL cannot contain colon\b|\binvalid port \S{1,100} after host\b|\binvalid character \S{1,10} in host name\b/i,
    // An answer's Docker-Content-Digest can be malformed too.
    when: ({ text }) => !/\bin response\b/.test(text),
    seen: 'kubelet pkg/util/parsers, all versions; distribution/reference reference.go; containerd pkg/reference',
  },
  {
    name: 'invalid-name-reason',
    class: 'invalid-name',
    reason: /^InvalidImageName$/,
    seen: 'kubelet: pkg/kubelet/images/types.go',
  },
];
