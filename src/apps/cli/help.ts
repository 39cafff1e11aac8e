import { Help, type Argument, type HelpConfiguration } from 'commander';
import type { Catalog } from './words/index.ts';
import { commands } from './commands.ts';
import { table } from './render/table.ts';
import { textWidth, wrap } from './render/wrap.ts';

/** Headings, widths and wrapping of commander's help in one language. */
export function helpConfiguration(m: Catalog, width: number): HelpConfiguration {
  const { headings } = m.help;
  const titles: Readonly<Record<string, string>> = {
    'Usage:': headings.usage,
    'Arguments:': headings.arguments,
    'Options:': headings.flags,
    'Global Options:': headings.global,
    'Commands:': headings.commands,
  };
  return {
    helpWidth: width,
    showGlobalOptions: true,
    displayWidth: textWidth,
    boxWrap: (text, columns) => wrap(text, columns).join('\n'),
    // A blank stands behind the heading of the first line, which full-width punctuation has in itself.
    formatHelp: (command, helper) =>
      Help.prototype.formatHelp.call(helper, command, helper).replace(/^(\S*：) /, '$1'),
    styleTitle: (title) => titles[title] ?? title,
    // Defaults and choices are in the texts, in the right language.
    optionDescription: (option) => option.description,
    argumentDescription: (argument) => argument.description,
    subcommandDescription: (command) => command.summary() || command.description(),
    subcommandTerm: (command) => command.name(),
    commandUsage: (command) => {
      const names: string[] = [];
      for (let at = command.parent; at !== null; at = at.parent) names.unshift(at.name());
      const parts = command.registeredArguments.map(argumentUsage);
      const below = command.commands.length > 0 ? [m.help.placeholder.command] : [];
      return [...names, command.name(), ...below, ...parts, m.help.placeholder.flags].join(' ');
    },
  };
}

/** `<image…> <destination>`: what commander takes as one list may be two things to a person. */
function argumentUsage(argument: Argument): string {
  const name = argument.name();
  if (!argument.required) return `[${name}${argument.variadic ? '…' : ''}]`;
  const words = name.split(' ');
  return words.map((word) => `<${word}${argument.variadic && words.length === 1 ? '…' : ''}>`).join(' ');
}

/** What `pullmend` says when it is given nothing to do. */
export function shortHelp(m: Catalog, program: string): readonly string[] {
  const starts = [m.help.commands.diagnose, m.help.commands.fix, m.help.commands.undo].map(
    ({ examples: [first] }) => [`${program} ${first.run}`, first.say],
  );
  const list = commands.map((spec) => [spec.name, spec.words(m).summary]);
  return [
    m.help.tagline,
    '',
    m.help.start,
    ...table(starts, { indent: 2, width: 80 }),
    '',
    m.help.headings.commands,
    ...table(list, { indent: 2, width: 80 }),
    '',
    m.help.more(program),
  ];
}
