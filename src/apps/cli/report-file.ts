import type { DiagnoseResult } from '../../flows/index.ts';
import type { Flags, OutputFormat } from './flags/flags.ts';
import { redactAll } from '../../core/base/index.ts';
import { writeOut } from './out-file.ts';
import { diagnosisReport } from './render/documents/index.ts';
import { reportText } from './render/report/index.ts';
import { serialize } from './render/serialize.ts';
import type { Shell } from './shell.ts';

type FileFormat = 'json' | 'yaml' | 'markdown' | 'html';

const formatByEnding: Readonly<Record<string, FileFormat>> = {
  html: 'html',
  htm: 'html',
  md: 'markdown',
  markdown: 'markdown',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
};

/**
 * What `-o` and `--out` ask for besides the screen: the format, and the file if there is one. The ending of the file's
 * name tells the format when `-o` does not. Throws PM_USAGE.
 */
export function wantedReport(
  shell: Shell,
  { output = 'table', out }: Flags,
): { readonly format: FileFormat; readonly file?: string } | undefined {
  const named = isFileFormat(output) ? output : undefined;
  if (out === undefined) return named === undefined ? undefined : { format: named };
  const format = named ?? formatByEnding[/\.([a-z]+)$/i.exec(out)?.[1]?.toLowerCase() ?? ''];
  if (format === undefined) throw shell.usageError(shell.m.cli.usage.reportFormat);
  return { format, file: out };
}

function isFileFormat(format: OutputFormat): format is FileFormat {
  return Object.values(formatByEnding).some((known) => known === format);
}

/** Writes the report of a diagnosis to its file, or to standard output. */
export async function writeReport(
  shell: Shell,
  { format, file }: { readonly format: FileFormat; readonly file?: string },
  result: DiagnoseResult,
): Promise<void> {
  const text = await textOf(shell, format, result);
  if (file === undefined) {
    shell.context.stdout.write(text);
    return;
  }
  await writeOut(shell, file, text);
  shell.detail(['']);
  shell.result([shell.m.report.written(file)]);
}

async function textOf(shell: Shell, format: FileFormat, result: DiagnoseResult): Promise<string> {
  if (format === 'json' || format === 'yaml') return await serialize(diagnosisReport(result), format);
  const { takenAt } = result;
  const page = takenAt === undefined ? shell.page : { ...shell.page, now: Date.parse(takenAt) };
  const { nodes } = shell.progress;
  const size = nodes === undefined ? {} : { nodes };
  return reportText(redactAll({ ...result, ...size, version: shell.context.version }), format, page);
}
