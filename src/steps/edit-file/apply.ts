import { PullmendError } from '../../core/base/index.ts';
import { spliceText } from '../../core/edit/index.ts';
import type { EditFileStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';

/** Replaces the image strings of one file; every other byte stays. */
export async function apply(step: EditFileStep, { files, dryRun }: RunContext): Promise<StepResult> {
  const { text, sha256 } = await files.read(step.file);
  if (sha256 !== step.sha256) throw new PullmendError('PM_FILE_CHANGED', { file: step.file });
  const edited = spliceText(text, step.edits);
  if (!dryRun) await files.write(step.file, edited);
  return {};
}
