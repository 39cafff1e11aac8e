import { resourceName } from '../../core/knowledge/pods/index.ts';
import type { HelmUpgradeStep, Permission } from '../../core/model/index.ts';
import { rightsToProve } from '../on-object.ts';

/** Helm keeps revisions in Secrets, reads all that the release brings, and writes what changes. */
export function rights(step: HelmUpgradeStep): readonly Permission[] {
  const { namespace } = step.object;
  const within = namespace === undefined ? {} : { namespace };
  const holders = step.driver === 'secret' ? 'secrets' : 'configmaps';
  const changed = new Set(step.changes.map(({ object }) => resourceName(object)));
  const written = step.serverSide === true ? step.resources : [...changed];
  return [
    ...['get', 'list', 'create', 'update', ...(step.unfinished === undefined ? [] : ['patch'])].map(
      (verb) => ({ verb, resource: holders, ...within }),
    ),
    ...step.resources.map((resource) => ({ verb: 'get', resource, ...within })),
    ...written.map((resource) => ({ verb: 'patch', resource, ...within })),
    ...step.workloads.flatMap(({ object, expect }) => rightsToProve({ ...step, object, expect })),
  ];
}
