import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { addMirrors, type ProposedMirror } from '../../../core/knowledge/mirrors/index.ts';
import type { Discovery } from '../../../flows/index.ts';
import { readConfig, writeConfig } from '../config-file.ts';
import { configPath } from '../config-path.ts';
import { saysYes } from '../consent.ts';
import type { Flags } from '../flags/flags.ts';
import { writeOut } from '../out-file.ts';
import {
  commentLines,
  discoveryDocument,
  discoveryScreen,
  unsureComment,
} from '../render/mirrors/discover.ts';
import { harmless } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';

/** Proposes mirrors; writes them to a file with `--out`, into the configuration with `--add` and a yes. */
export async function runMirrorsDiscover(
  shell: Shell,
  _: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { m, page, context } = shell;
  const { namespace, filename = [], nodes = false, probe = true, out } = flags;
  const mender = await shell.openMender();
  shell.progress.says(m.discover.looking);
  const scope = namespace === undefined ? {} : { namespace };
  const discovery = await mender.discover({ files: filename, ...scope, nodes, probe });
  shell.progress.finish();
  const safe = harmless(discovery);
  shell.detail(discoveryScreen(safe, page, context.program));
  const sure = safe.mirrors.filter(({ confidence }) => confidence !== 'unsure');
  if (out !== undefined) {
    await writeOut(shell, out, written(shell, '', out, safe));
    shell.result([m.discover.written(out)]);
  }
  const isAdded = flags.add !== true || sure.length === 0 || (await add(shell, flags, sure, safe));
  await shell.document(() => discoveryDocument(discovery));
  return sure.length > 0 && isAdded ? exitCode.done : exitCode.nothingDone;
}

/** Throws PM_NEEDS_YES where nobody can answer. */
async function add(
  shell: Shell,
  flags: Flags,
  sure: readonly ProposedMirror[],
  { mirrors }: Discovery,
): Promise<boolean> {
  const { m, context } = shell;
  const file = configPath(shell);
  // What cannot be written is not asked about.
  const text = written(shell, await readConfig(shell, file), file, { mirrors });
  const names = sure.map(({ mirror }) => mirror.name);
  if (!(await saysYes(shell, m.discover.ask(m.words.list(names), file)))) {
    shell.result([m.discover.declined]);
    return false;
  }
  await writeConfig(shell, file, text);
  const { presets: words } = m.registry;
  shell.result([
    words.added(m.words.list(names), file),
    words.next(`${context.program} mirrors check ${names.join(' ')}`),
  ]);
  return true;
}

/** With the evidence as comments; what is unsure stays a comment. */
function written(
  { page }: Shell,
  text: string,
  file: string,
  { mirrors }: Pick<Discovery, 'mirrors'>,
): string {
  const sure = mirrors.filter(({ confidence }) => confidence !== 'unsure');
  const comments = new Map(sure.map((proposal) => [proposal.mirror, commentLines(proposal, page)]));
  const added = addMirrors(
    text,
    file,
    sure.map(({ mirror }) => mirror),
    (mirror) => comments.get(mirror) ?? [],
  );
  if (text !== '') return added;
  return `${added.trimEnd()}\n${mirrors
    .filter((it) => !sure.includes(it))
    .flatMap((it) => unsureComment(it, page))
    .join('')}`;
}
