import {
  closestWord,
  errorCatalogue,
  errorSample,
  exitCode,
  type ErrorCode,
  type ExitCode,
} from '../../../core/base/index.ts';
import { ExcerptReader, Explainer, variantInfo } from '../../../core/knowledge/failures/index.ts';
import type { Document } from '../../../flows/index.ts';
import { explainRecord } from '../explain-record.ts';
import { unreadable } from '../file-errors.ts';
import type { Flags } from '../flags/flags.ts';
import { lineBatches } from '../lines.ts';
import { failureClasses, failureVariants } from '../../../core/model/index.ts';
import { errorDocument, errorScreen } from '../render/errors.ts';
import { classDocument, explanationItem, explanationList, recordList } from '../render/documents/index.ts';
import { classScreen, explanationScreen } from '../render/diagnosis/explain.ts';
import { harmless, jsonLine } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';

export async function runExplain(shell: Shell, words: readonly string[], flags: Flags): Promise<ExitCode> {
  const { usage } = shell.m.cli;
  if (flags.input !== undefined) {
    if (words.length > 0) throw shell.usageError(usage.inputAndMessage);
    return await explainRecords(shell, flags.input);
  }
  // A terminal on standard input: nobody would know that it waits for a text.
  if (words.length === 0 && shell.context.ask !== undefined) throw shell.usageError(usage.noMessage);
  const [topic = ''] = words;
  if (words.length === 1 && (await explainTopic(shell, topic))) return exitCode.done;
  const explanations = await explainText(shell, words);
  const shown = harmless(explanations);
  shell.result(explanationScreen(shown, { brief: flags.quiet === true }, shell.page));
  if (shell.format === 'jsonl') for (const one of explanations) writeLine(shell, explanationItem(one));
  await shell.document(() => explanationList(explanations));
  return explanations.some(({ diagnosis }) => diagnosis.class !== 'unknown')
    ? exitCode.done
    : exitCode.nothingDone;
}

/** A class, a cause of it or an error code by its name; false for what is none of them. */
async function explainTopic(shell: Shell, word: string): Promise<boolean> {
  const { page, m } = shell;
  if (/^PM_[A-Z0-9_]+$/.test(word)) {
    const codes = Object.keys(errorCatalogue) as ErrorCode[];
    const code = codes.find((one) => one === word);
    if (code === undefined) throw shell.usageError(m.explain.unknownCode(word, closestWord(word, codes)));
    const error = errorSample(code);
    const whose = m.explain.move(m.explain.faults[error.fault], error.exit);
    shell.result([...errorScreen(error, page), `  ${whose}`]);
    await shell.document(() => errorDocument(error, page.lang));
    return true;
  }
  const failure = failureClasses.find((name) => name === word);
  const variant = failureVariants.find((name) => name === word);
  const of = failure ?? (variant === undefined ? undefined : variantInfo[variant].of[0]);
  if (of === undefined) return false;
  const subject = { class: of, ...(variant !== undefined && { variant }) };
  shell.result(classScreen(subject, page));
  await shell.document(() => classDocument(subject, page.lang));
  return true;
}

async function explainText(
  shell: Shell,
  words: readonly string[],
): Promise<ReturnType<Explainer['explanations']>> {
  const explainer = new Explainer();
  const reader = new ExcerptReader((message) => explainer.add(message));
  const given = words.length > 0 ? [words.join(' ').split('\n')] : linesOf(shell, '-');
  for await (const lines of given) for (const line of lines) reader.add(line);
  reader.end();
  return explainer.explanations();
}

/** Answers line by line, in order, as JSON lines unless one document is asked for; a line that cannot be read is told on stderr and ends the run with exit code 2. */
async function explainRecords(shell: Shell, file: string): Promise<ExitCode> {
  const { stdout, stderr } = shell.context;
  const name = file === '-' ? 'stdin' : file;
  const isDocument = shell.format === 'json' || shell.format === 'yaml';
  const items: Document[] = [];
  let number = 0;
  let bad = 0;
  for await (const lines of linesOf(shell, file)) {
    const written: string[] = [];
    for (const line of lines) {
      number += 1;
      if (line.trim() === '') continue;
      const record = explainRecord(line);
      if (record !== undefined && isDocument) items.push(record);
      else if (record !== undefined) written.push(jsonLine(record));
      else {
        bad += 1;
        stderr.write(`${name}:${number}: ${shell.m.explain.badLine}\n`);
      }
    }
    if (written.length > 0) stdout.write(`${written.join('\n')}\n`);
    await stdout.drained?.();
    if (shell.context.signal.aborted) break;
  }
  await shell.document(() => recordList(items));
  return bad > 0 ? exitCode.usage : exitCode.done;
}

async function* linesOf({ context }: Shell, file: string): AsyncGenerator<readonly string[]> {
  try {
    yield* lineBatches(context.readChunks(file));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function writeLine({ context }: Shell, value: object): void {
  context.stdout.write(`${jsonLine(value)}\n`);
}
