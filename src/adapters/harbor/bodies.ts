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

export function pullPermission(project: string): object {
  return { kind: 'project', namespace: project, access: [{ resource: 'repository', action: 'pull' }] };
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
