import type { HarborUnsuitable } from '../../base/index.ts';
import type { Mirror } from '../../model/index.ts';
import { matchedHosts } from '../mirrors/index.ts';

/** A rule by which a Harbor copies images itself, under the names that the mirror gives them. */
export type Replication = {
  readonly name: string;
  /** The registry that images come from. */
  readonly upstream: string;
  /** Names on that registry, without its host, in Harbor's patterns. */
  readonly filter: string;
  /** What their first parts become, and how many of them (`dest_namespace`, `dest_namespace_replace_count`). */
  readonly namespace: string;
  readonly replaced: number;
};

/** How a Harbor would fill a writable mirror with the images of a pattern, or why its names cannot be had so. */
export function replicationOf(mirror: Mirror, filter: string): Replication | HarborUnsuitable {
  const [upstream, ...others] = matchedHosts(mirror.match) ?? [];
  if (upstream === undefined || others.length > 0) return 'upstreams';
  const path = mirror.at.split('/').slice(1);
  const parts = filter.split('/');
  const slug = filter.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  const rule = { name: ['pullmend', mirror.name, slug].filter(Boolean).join('-'), upstream, filter };
  const namespace = path.join('/');
  switch (mirror.scheme) {
    case 'drop-host':
      return { ...rule, namespace, replaced: 0 };
    case 'prefix-host-path':
      return { ...rule, namespace: [...path, upstream].join('/'), replaced: 0 };
    case 'harbor-library':
      // Only of the first part it must be known whether it is the one that is dropped.
      if (/[*?{[]/.test(parts[0] ?? '')) return 'pattern';
      return { ...rule, namespace, replaced: parts.length > 1 && parts[0] === 'library' ? 1 : 0 };
    case 'last-segment':
      return filter.includes('**') || filter.includes('{')
        ? 'pattern'
        : { ...rule, namespace, replaced: parts.length - 1 };
    default:
      return 'scheme';
  }
}
