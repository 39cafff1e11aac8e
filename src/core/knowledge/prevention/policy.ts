import { mirrorPodAnnotation } from '../pods/index.ts';
import type { JsonObject, Mirror } from '../../model/index.ts';
import { celString } from './cel.ts';
import { variables } from './expressions.ts';
import type { PreventionRules } from './rules.ts';

/** Both objects have this name. */
export const policyName = 'pullmend.dev-images';

/** The names that a pod came with, beside those that it was given. */
export const originalsAnnotation = 'pullmend.dev/original-images';

export const preventionLabel = { 'app.kubernetes.io/managed-by': 'pullmend' } as const;

export type PolicyOptions = {
  /** `admissionregistration.k8s.io/v1`, `…/v1beta1` or `…/v1alpha1`, whichever the API server serves. */
  readonly apiVersion: string;
  readonly excludedNamespaces: readonly string[];
  /** Mirror to the pull secret that its pods need. */
  readonly secrets: ReadonlyMap<string, string>;
};

/**
 * The policy and its binding (KEP-3962, MutatingAdmissionPolicy). An error in it never keeps a pod from being created
 * (`failurePolicy: Ignore`), mirror pods of static pods are left alone: their kubelet compares them with its file.
 */
export function policyObjects(rules: PreventionRules, options: PolicyOptions): readonly JsonObject[] {
  const { apiVersion } = options;
  const metadata = { name: policyName, labels: { ...preventionLabel } };
  return [
    {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Ignore',
        reinvocationPolicy: 'IfNeeded',
        matchConstraints: {
          matchPolicy: 'Equivalent',
          namespaceSelector: excluding(options.excludedNamespaces),
          objectSelector: {},
          resourceRules: [rule('pods', 'CREATE'), rule('pods/ephemeralcontainers', 'UPDATE')],
        },
        matchConditions: [
          {
            name: 'no-mirror-pod',
            expression: `!has(object.metadata.annotations) || !(${celString(mirrorPodAnnotation)} in object.metadata.annotations)`,
          },
        ],
        variables: variables(rules).map(({ name, expression }) => ({ name, expression })),
        // Secrets first: after the names have changed no image is moved any more.
        mutations: [
          ...secretMutations(rules.mirrors, options.secrets),
          { patchType: 'ApplyConfiguration', applyConfiguration: { expression: renaming } },
        ],
      },
    },
    {
      apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName },
    },
  ];
}

function rule(resource: string, operation: string): JsonObject {
  return { apiGroups: [''], apiVersions: ['v1'], operations: [operation], resources: [resource], scope: '*' };
}

function excluding(namespaces: readonly string[]): JsonObject {
  if (namespaces.length === 0) return {};
  return {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...namespaces] }],
  };
}

function containers(field: string): string {
  return `${field}: variables.moved.filter(m, m.at == '${field}').map(m, Object.spec.${field}{name: m.name, image: m.to})`;
}

const annotation = `{${celString(originalsAnnotation)}: variables.moved.map(m, m.name + '=' + m.image).join(',')}`;

const renaming = [
  'Object{',
  `metadata: Object.metadata{annotations: !variables.whole || size(variables.moved) == 0 ? {} : ${annotation}},`,
  'spec: Object.spec{',
  [
    containers('containers'),
    containers('initContainers'),
    containers('ephemeralContainers'),
    "volumes: variables.moved.filter(m, m.at == 'volumes').map(m, Object.spec.volumes{name: m.name, image: Object.spec.volumes.image{reference: m.to}})",
  ].join(', '),
  '}}',
].join(' ');

/** Entries of `imagePullSecrets` cannot be merged, only added; each secret once, behind those of the pod. */
function secretMutations(
  mirrors: readonly Mirror[],
  secrets: PolicyOptions['secrets'],
): readonly JsonObject[] {
  return [...new Set(secrets.values())].map((name) => {
    const users = mirrors.filter((mirror) => secrets.get(mirror.name) === name);
    const isUsed = users.map((mirror) => `m.mirror == ${celString(mirror.name)}`).join(' || ');
    const entry = `Object.spec.imagePullSecrets{name: ${celString(name)}}`;
    const field = '/spec/imagePullSecrets';
    const expression = [
      `!variables.whole || !variables.moved.exists(m, ${isUsed}) ? []`,
      `: !has(object.spec.imagePullSecrets) ? [JSONPatch{op: 'add', path: '${field}', value: [${entry}]}]`,
      `: object.spec.imagePullSecrets.exists(s, s.name == ${celString(name)}) ? []`,
      `: [JSONPatch{op: 'add', path: '${field}/-', value: ${entry}}]`,
    ].join(' ');
    return { patchType: 'JSONPatch', jsonPatch: { expression } };
  });
}
