import type { KubeObject } from './kube.ts';

type Tree = { readonly [key: string]: unknown };

/** Labels that the job controller ties to the UID of one Job. */
const JOB_LABELS = [
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'job-name',
  'batch.kubernetes.io/job-name',
];

/**
 * What of an object a person wrote, to compare before with after: spec, or data, without what the cluster fills
 * in anew for each incarnation (a Job's selector, a pod's node and its ServiceAccount token volume).
 */
export function comparable(object: KubeObject): unknown {
  if (object.kind === 'Job') return jobSpec(asTree(object.spec));
  if (object.kind === 'Pod') return podSpec(asTree(object.spec));
  const { apiVersion: _version, kind: _kind, metadata: _metadata, status: _status, ...rest } = object;
  return rest;
}

function jobSpec(spec: Tree): Tree {
  if (spec['manualSelector'] === true) return spec;
  const template = asTree(spec['template']);
  const metadata = asTree(template['metadata']);
  const labels = without(asTree(metadata['labels']), JOB_LABELS);
  const kept = Object.keys(labels).length === 0 ? {} : { labels };
  return {
    ...without(spec, ['selector']),
    template: { ...template, metadata: { ...without(metadata, ['labels', 'creationTimestamp']), ...kept } },
  };
}

function podSpec(spec: Tree): Tree {
  const isToken = (item: unknown): boolean => String(asTree(item)['name']).startsWith('kube-api-access-');
  const cleaned = (container: unknown): Tree => ({
    ...asTree(container),
    volumeMounts: asList(asTree(container)['volumeMounts']).filter((mount) => !isToken(mount)),
  });
  return {
    ...without(spec, ['nodeName']),
    volumes: asList(spec['volumes']).filter((volume) => !isToken(volume)),
    containers: asList(spec['containers']).map(cleaned),
    initContainers: asList(spec['initContainers']).map(cleaned),
  };
}

function without(tree: Tree, keys: readonly string[]): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([key]) => !keys.includes(key)));
}

function asTree(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
