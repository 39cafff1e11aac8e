import { PullmendError } from '../../core/base/index.ts';
import type { RepairPlan } from '../../core/model/index.ts';
import { repairPlanSchema } from '../../core/model/schemas/index.ts';
import type { CliContext } from './context.ts';
import { unreadable } from './file-errors.ts';

/** Far more than a plan for ten thousand workloads needs. */
const maxPlanCharacters = 64 * 1024 * 1024;

/**
 * Reads a plan from a file, or from standard input for `-`; YAML or JSON.
 * Errors: PM_FILE_UNREADABLE; PM_PLAN_INVALID with the place in the file.
 */
export async function readPlan(
  context: Pick<CliContext, 'readFile' | 'readStdin'>,
  file: string,
): Promise<RepairPlan> {
  return await parsePlan(await readText(context, file), file === '-' ? 'stdin' : file);
}

async function readText(
  { readFile, readStdin }: Pick<CliContext, 'readFile' | 'readStdin'>,
  file: string,
): Promise<string> {
  try {
    return file === '-' ? await readStdin() : await readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** A plan may have been edited by hand: every field that is acted on is checked before anything happens. */
async function parsePlan(content: string, file: string): Promise<RepairPlan> {
  if (content.length > maxPlanCharacters) throw invalid('it is larger than 64 MiB', file);
  const { readYamlText } = await import('./yaml-text.ts');
  // JSON is YAML; one reader gives line and column for both.
  const read = readYamlText(content);
  if (!read.ok) throw invalid(read.problem, `${file}:${read.line}:${read.column}`);
  const parsed = repairPlanSchema.safeParse(read.data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    throw invalid([path, issue?.message].filter(Boolean).join(': '), file);
  }
  return parsed.data;
}

function invalid(problem: string, where: string): PullmendError {
  return new PullmendError('PM_PLAN_INVALID', { problem }, { where });
}
