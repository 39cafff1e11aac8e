import type { HarborReplication } from './types.ts';

/** What is sent to make objects of the API. */

/** A robot of the whole Harbor that may pull from these projects. */
export function pullRobot(name: string, projects: readonly string[]): object {
  return {
    name,
    description: 'pulls for a cluster; made by pullmend',
    level: 'system',
    // Days; -1: for ever, as nodes cannot be told a new one in time.
    duration: -1,
    permissions: projects.map(pullPermission),
  };
}

/** A rule that somebody starts by hand. */
export function replicationPolicy({ name, source, filter, namespace, replaced }: HarborReplication): object {
  return {
    name,
    src_registry: { id: source },
    dest_namespace: namespace,
    dest_namespace_replace_count: replaced,
    trigger: { type: 'manual' },
    filters: [{ type: 'name', value: filter }],
    override: true,
    enabled: true,
  };
}

const pull = { resource: 'repository', action: 'pull' } as const;

function pullPermission(project: string): object {
  return { kind: 'project', namespace: project, access: [pull] };
}

/** Permissions as Harbor sent them, with pulls from more projects: Harbor keeps one entry for each project. */
export function withPulls(permissions: readonly unknown[], projects: readonly string[]): readonly unknown[] {
  const left = new Set(projects);
  const extended = permissions.map((it) => {
    if (!isProjectPermission(it) || !left.delete(it.namespace)) return it;
    return { ...it, access: [...(it.access ?? []), pull] };
  });
  return [...extended, ...[...left].map(pullPermission)];
}

function isProjectPermission(
  it: unknown,
): it is { readonly namespace: string; readonly access?: readonly unknown[] | null } {
  if (typeof it !== 'object' || it === null || !('kind' in it) || it.kind !== 'project') return false;
  return 'namespace' in it && typeof it.namespace === 'string';
}

/** As Harbor's own page writes such a rule; untagged parts of an index go and stay with the index. */
export function retentionPolicy(project: number, keepLast: number): object {
  return {
    algorithm: 'or',
    rules: [
      {
        disabled: false,
        action: 'retain',
        template: 'latestPushedK',
        params: { latestPushedK: keepLast },
        tag_selectors: [
          { kind: 'doublestar', decoration: 'matches', pattern: '**', extras: '{"untagged":true}' },
        ],
        scope_selectors: {
          repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }],
        },
      },
    ],
    trigger: { kind: 'Schedule', settings: { cron: '0 0 0 * * *' } },
    scope: { level: 'project', ref: project },
  };
}
