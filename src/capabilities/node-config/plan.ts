import { missingFolders, sha256 } from '../../adapters/node/index.ts';
import { newRunName, type NodeOn, type World } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { changedLines, configDraft, type ConfigDraft, type Untold } from '../../core/node-config/index.ts';
import {
  apiVersion,
  type NodeConfigStep,
  type NodeSettings,
  type RepairPlan,
} from '../../core/model/index.ts';
import { onNodes, type OfNode } from './on-nodes.ts';
import { wantedSettings, type NodeConfigOptions } from './wanted.ts';

/** What a node's files would become. */
export type NodeDraft = Pick<ConfigDraft, 'untold' | 'broken'> & {
  /** Absent: the node is told all of it already. */
  readonly step?: NodeConfigStep;
};

export type NodeConfigPlan = {
  readonly plan: RepairPlan;
  readonly nodes: readonly OfNode<NodeDraft>[];
  /** Mirrors that no node can be told as they are meant. */
  readonly untold: readonly Untold[];
};

/** A plan that tells nodes of the user's mirrors: a step for each node that is not told already. */
export async function planNodeConfig(
  names: readonly string[],
  options: NodeConfigOptions,
  world: World,
): Promise<NodeConfigPlan> {
  const { settings, untold } = await wantedSettings(options, world);
  const kube = await world.outside.kube();
  const nodes = await onNodes(names, world, async (on, node) => await draftFor(node, settings, on));
  const steps = nodes
    .flatMap((one) => (one.ok && one.value.step !== undefined ? [one.value.step] : []))
    .map((step, index) => ({ ...step, id: `s${index + 1}` }));
  const now = (world.options.now ?? (() => new Date()))();
  const plan: RepairPlan = {
    apiVersion,
    kind: 'RepairPlan',
    metadata: { name: newRunName(), createdAt: now.toISOString() },
    spec: { cluster: kube.identity, replacements: [], steps, unmended: [] },
  };
  return { plan, nodes, untold };
}

/** Errors: PM_NODE_FILE_BROKEN where nothing can be written since a file is broken. */
export async function draftFor(node: string, settings: NodeSettings, on: NodeOn): Promise<NodeDraft> {
  const state = await on.read(settings.manifest === undefined ? [] : [settings.manifest.path]);
  const { files, restart, untold, broken } = configDraft(state, settings);
  const [fault] = broken;
  if (files.length === 0) {
    if (fault === undefined) return { untold, broken };
    throw new PullmendError('PM_NODE_FILE_BROKEN', {
      node,
      file: fault.path,
      line: fault.line,
      reason: fault.reason,
    });
  }
  const folders = await missingFolders(
    on.shell,
    on.runtime,
    files.map(({ path }) => path),
  );
  const step: NodeConfigStep = {
    id: 's1',
    kind: 'node-config',
    object: { apiVersion: 'v1', kind: 'Node', name: node },
    needs: [],
    expect: [],
    node,
    settings,
    files: files.map(({ path, before, after }) => ({
      path,
      ...(before === undefined ? {} : { before: sha256(before) }),
      after: sha256(after),
      lines: changedLines(before ?? '', after),
    })),
    folders,
    restart,
    ...(restart === 'restart'
      ? { loss: { what: 'runtime-restart', pods: 0, names: [on.runtime.name] } }
      : {}),
  };
  return { step, untold, broken };
}
