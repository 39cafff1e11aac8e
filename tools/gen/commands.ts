import type { Command } from 'commander';
import { languages, type Lang } from '../../src/core/base/index.ts';
import { buildProgram } from '../../src/apps/cli/program.ts';
import { loadMessages } from '../../src/apps/cli/words/index.ts';
import { referencePage, type Page } from './page.ts';

const words = {
  en: { title: '# Commands', intro: 'What `--help` says, for all commands.' },
  zh: { title: '# 命令', intro: '所有命令的 `--help` 输出。' },
} as const satisfies Record<Lang, object>;

await Promise.all(languages.map(loadMessages));

/** Columns of the help texts: what a code block on a web page shows without scrolling. */
const width = 100;

/** The command reference in every language, from the command line's own description of itself. */
export function commandPages(): readonly Page[] {
  return languages.map((lang) => {
    const written: string[] = [];
    const program = buildProgram({
      lang,
      program: 'pullmend',
      version: '',
      width,
      invoke: () => Promise.resolve(),
      writeHelp: (text) => written.push(text),
    });
    const sections = withChildren(program).map((command) => {
      written.length = 0;
      command.outputHelp();
      return [`## ${fullName(command)}`, ['```text', written.join('').trimEnd(), '```'].join('\n')].join(
        '\n\n',
      );
    });
    return referencePage(lang, 'commands', [words[lang].title, words[lang].intro, ...sections]);
  });
}

function withChildren(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withChildren)];
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
