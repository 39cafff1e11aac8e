import type { Command, CommanderError } from 'commander';
import { closestWord, PullmendError } from '../../core/base/index.ts';
import type { Catalog } from './words/index.ts';

/**
 * A refusal of commander as an error of pullmend, with the nearest flag or command. What is no
 * refusal (help or version was shown) comes back as it is.
 */
export function usageErrorOf(error: CommanderError, command: Command, m: Catalog): Error {
  const problem = problemOf(error, command, m.cli.usage);
  if (problem === undefined) return error;
  return new PullmendError('PM_USAGE', { problem, help: m.cli.usage.help(fullName(command)) });
}

/** `help` of a command that does not exist, which commander takes for a call without any command. */
export function unknownTopic(
  { code }: CommanderError,
  command: Command,
  m: Catalog,
): PullmendError<'PM_USAGE'> | undefined {
  const [first, topic] = command.args;
  if (code !== 'commander.help' || first !== 'help' || topic === undefined) return undefined;
  if (command.commands.some((sub) => sub.name() === topic)) return undefined;
  const problem = unknownCommand(topic, command, m.cli.usage);
  return new PullmendError('PM_USAGE', { problem, help: m.cli.usage.help(fullName(command)) });
}

function unknownCommand(word: string, command: Command, usage: Catalog['cli']['usage']): string {
  const names = command.commands.map((sub) => sub.name());
  return usage.unknownCommand(word, closestWord(word, names));
}

/** Words of a person in place of commander's; the word it complains about stands in quotes there. */
function problemOf(
  error: CommanderError,
  command: Command,
  usage: Catalog['cli']['usage'],
): string | undefined {
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownOption': {
      const flag = word.replace(/=.*$/, '');
      return usage.unknownFlag(flag, closestWord(flag, longFlags(command)));
    }
    case 'commander.unknownCommand':
      return unknownCommand(word, command, usage);
    case 'commander.optionMissingArgument':
      return usage.missingValue(/--[a-z-]+/.exec(word)?.[0] ?? word);
    case 'commander.missingArgument':
      return usage.missingArgument(word.toUpperCase());
    case 'commander.excessArguments':
      return usage.tooManyArguments(command.args.slice(command.registeredArguments.length).join(' '));
    case 'commander.help':
    case 'commander.helpDisplayed':
    case 'commander.version':
      return undefined;
    default:
      return error.message.replace(/^error: /, '');
  }
}

function longFlags(command: Command): readonly string[] {
  const own = [...command.options.flatMap((option) => option.long ?? []), '--help'];
  return command.parent === null ? [...own, '--version'] : [...own, ...longFlags(command.parent)];
}

/** With the names of all that it is below. */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
