import type { ClusterIdentity, MirrorSet } from '../../../../core/model/index.ts';
import { joinParts } from '../wrap.ts';
import type { Page } from '../page.ts';

/** The first line of every screen: which cluster, and which mirrors are asked. */
export function clusterLine(
  cluster: ClusterIdentity,
  page: Page,
  more: { readonly nodes?: number; readonly mirrors?: MirrorSet; readonly scope?: Scope } = {},
): readonly string[] {
  const { problems, words } = page.m;
  const parts = [
    problems.cluster(cluster.context),
    cluster.version,
    ...(more.nodes === undefined ? [] : [words.nodes(more.nodes)]),
    ...(more.scope === undefined ? [] : scopeParts(more.scope, page)),
    ...(more.mirrors === undefined ? [] : [mirrorsPart(more.mirrors, page)]),
  ];
  return joinParts(parts, page.width);
}

/** The part of a cluster that is looked at. */
export type Scope = {
  /** Absent: all. */
  readonly namespace?: string;
  readonly selector?: string;
  readonly names?: readonly string[];
};

function scopeParts({ namespace, selector, names = [] }: Scope, { m }: Page): readonly string[] {
  return [
    namespace === undefined ? m.problems.allNamespaces : m.problems.namespace(namespace),
    ...(selector === undefined ? [] : [m.problems.selector(selector)]),
    ...(names.length === 0 ? [] : [m.words.list(names)]),
  ];
}

/** The same for files: which ones. */
export function filesLine(paths: readonly string[], mirrors: MirrorSet, page: Page): readonly string[] {
  return joinParts([page.m.words.list(paths), mirrorsPart(mirrors, page)], page.width);
}

function mirrorsPart({ mirrors }: MirrorSet, { m }: Page): string {
  if (mirrors.length === 0) return m.problems.noMirrors;
  return m.problems.mirrors(m.words.list(mirrors.map((mirror) => mirror.name)));
}
