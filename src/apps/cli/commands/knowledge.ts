import { closestWord, exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import { apiVersion } from '../../../core/model/index.ts';
import {
  checkOperatorFile,
  knownOperators,
  type Document,
  type KnownOperator,
} from '../../../flows/index.ts';
import { harmless } from '../render/harmless.ts';
import { knowledgeTable, operatorScreen } from '../render/knowledge.ts';
import type { Shell } from '../shell.ts';

/** What is known, with the user's own. */
export async function runKnowledgeList(shell: Shell): Promise<ExitCode> {
  const known = await knownOperators(shell.context);
  shell.result(knowledgeTable(harmless(known), shell.page));
  await shell.document(() => ({
    apiVersion,
    kind: 'OperatorList',
    items: known.map(({ operator, file }) => ({ ...plain(operator), ...(file !== undefined && { file }) })),
  }));
  return exitCode.done;
}

/** Where one operator takes each of its images; `-o yaml` is a file to begin from. */
export async function runKnowledgeShow(shell: Shell, [name = '']: readonly string[]): Promise<ExitCode> {
  const known = await knownOperators(shell.context);
  const found = known.find(({ operator }) => operator.name === name);
  if (found === undefined) {
    const didYouMean = closestWord(
      name,
      known.map(({ operator }) => operator.name),
    );
    throw new PullmendError('PM_KNOWLEDGE_UNKNOWN', { name, didYouMean });
  }
  shell.result(operatorScreen(harmless(found), shell.page));
  await shell.document(() => plain(found.operator));
  return exitCode.done;
}

/** Every mistake of each file; exit code 2 at the first file that has one. */
export async function runKnowledgeCheck(shell: Shell, files: readonly string[]): Promise<ExitCode> {
  const items: Document[] = [];
  for (const file of files) {
    const operator = await checkOperatorFile(file);
    shell.result([shell.m.knowledge.good(file, operator.name)]);
    items.push({ ...plain(operator), file });
  }
  await shell.document(() => ({ apiVersion, kind: 'OperatorList', items }));
  return exitCode.done;
}

function plain(operator: KnownOperator['operator']): Document {
  return { ...operator };
}
