import type { Refuser } from '../../model/index.ts';

/** Who refused, and its name where the text gives one (a ResourceQuota, a policy, a webhook, a ServiceAccount). */
export type Refusal = { readonly by: Refuser; readonly name?: string };

/** Names of the Kubernetes API; what else stands in a text of a policy is not taken for one. */
const dnsName = '[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?';

/**
 * What the API server answers to a controller that asks for a pod, most telling first. A text of a policy's or a
 * webhook's author stands behind its own name, so that its words are not taken for another's.
 */
const patterns: readonly { readonly by: Refuser; readonly pattern: RegExp }[] = [
  // apiserver/pkg/admission/plugin/policy/validating: since 1.26.
  { by: 'admission-policy', pattern: new RegExp(`ValidatingAdmissionPolicy '(${dnsName})'`) },
  // apiserver/pkg/admission/plugin/webhook/errors: a webhook that answered no, and one that could not be asked.
  { by: 'webhook', pattern: new RegExp(`admission webhook "(${dnsName})" denied the request`) },
  { by: 'webhook-silent', pattern: new RegExp(`failed calling webhook "(${dnsName})"`) },
  // plugin/pkg/admission/namespace/lifecycle.
  { by: 'terminating', pattern: /because it is being terminated/ },
  // plugin/pkg/admission/resourcequota.
  { by: 'quota', pattern: new RegExp(`\\b(?:exceeded|failed) quota: (${dnsName})`) },
  // plugin/pkg/admission/security/podsecurity; policies of pods before 1.25; OpenShift's constraints.
  { by: 'pod-security', pattern: /violates PodSecurity "|unable to validate against any (?:pod )?security / },
  // plugin/pkg/admission/limitranger.
  {
    by: 'limit-range',
    pattern:
      /\b(?:maximum|minimum) [\w./-]{1,80} usage per (?:Container|Pod) is\b|\blimit to request ratio per (?:Container|Pod) is\b/,
  },
  // plugin/pkg/admission/serviceaccount.
  {
    by: 'service-account',
    pattern: new RegExp(`error looking up service account [a-z0-9-]{1,63}/(${dnsName})`),
  },
  { by: 'priority-class', pattern: new RegExp(`no PriorityClass with name (${dnsName}) was found`) },
  { by: 'runtime-class', pattern: new RegExp(`RuntimeClass "(${dnsName})" not found`) },
  { by: 'invalid', pattern: /\bPod "[^"]{0,253}" is invalid: / },
];

/** Who refuses a pod, from the message of a FailedCreate Event. */
export function refusalIn(message: string): Refusal {
  for (const { by, pattern } of patterns) {
    const match = pattern.exec(message);
    if (match !== null) return { by, ...(match[1] === undefined ? {} : { name: match[1] }) };
  }
  return { by: 'other' };
}

/** The refuser's own words, without those that the controller puts before them and the random name of the pod. */
export function refuserWords(message: string): string {
  return message
    .replace(
      /^(?:Error creating: |create Pod \S{1,253} in StatefulSet \S{1,253} failed error: |Error creating job: )/,
      '',
    )
    .replace(/^(?:pods|jobs\.batch) "[^"]{0,253}" is forbidden: /, '');
}
