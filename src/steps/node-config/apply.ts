import {
  reloadRuntime,
  restartRuntime,
  sha256,
  writeNodeFiles,
  type NodeFileWrite,
} from '../../adapters/node/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { configDraft } from '../../core/node-config/index.ts';
import type { NodeConfigStep } from '../../core/model/index.ts';
import type { NodeOn, RunContext, StepResult } from '../module.ts';
import { nudge } from './nudge.ts';

/**
 * Writes what follows from the settings, if that is what was planned; then the service reads it, where it does not by
 * itself. In a dry run only the plan is checked.
 */
export async function apply(step: NodeConfigStep, context: RunContext): Promise<StepResult> {
  await context.onNode(step.node, async (on) => {
    const files = await planned(step, on);
    if (context.dryRun || files.length === 0) return;
    await writeNodeFiles(on.shell, on.runtime, files, { run: context.run, node: step.node });
    if (step.restart === 'reload') await reloadRuntime(on.shell, on.runtime);
    if (step.restart !== 'restart') return;
    const why = await restartRuntime(on.shell, on.runtime, step.files, context);
    if (why === undefined) return;
    throw new PullmendError('PM_NODE_RESTART_FAILED', {
      node: step.node,
      service: on.runtime.name,
      reason: why,
    });
  });
  if (!context.dryRun) await nudge(step, context);
  return {};
}

/** The files still to be written. Errors: PM_NODE_FILE_CHANGED, PM_NODE_FILE_BROKEN. */
async function planned(step: NodeConfigStep, { read }: NodeOn): Promise<readonly NodeFileWrite[]> {
  const { node, settings } = step;
  const state = await read(settings.manifest === undefined ? [] : [settings.manifest.path]);
  const { files, broken } = configDraft(state, settings);
  const [fault] = broken;
  if (fault !== undefined) {
    throw new PullmendError('PM_NODE_FILE_BROKEN', {
      node,
      file: fault.path,
      line: fault.line,
      reason: fault.reason,
    });
  }
  return files.map(({ path, before, after }) => {
    const plan = step.files.find((file) => file.path === path);
    const sums = { before: before === undefined ? undefined : sha256(before), after: sha256(after) };
    if (plan?.after !== sums.after || plan.before !== sums.before) {
      throw new PullmendError('PM_NODE_FILE_CHANGED', { node, file: path });
    }
    return {
      path,
      text: after,
      after: sums.after,
      ...(sums.before === undefined ? {} : { before: sums.before }),
    };
  });
}
