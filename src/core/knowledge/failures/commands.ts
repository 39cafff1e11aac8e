import { tryParseReference } from '../../image/index.ts';
import type { FailureClass } from '../../model/index.ts';
import { failureClassInfo } from './classes/index.ts';

/** What fills the placeholders of a command. */
export type CommandContext = {
  readonly host?: string;
  readonly image?: string;
  readonly namespace?: string;
  readonly pod?: string;
  readonly secret?: string;
  readonly node?: string;
};

/** Characters that a shell leaves alone; anything else is quoted. */
const plainWord = /^[\w.:/@%+=,-]+$/;

/**
 * The class's commands, ready to paste. A placeholder that the context does not fill stays in capitals (`NAMESPACE`)
 * for a person to fill; a `-n {namespace}` without a namespace is left out.
 */
export function classCommands(failure: FailureClass, context: CommandContext): readonly string[] {
  return failureClassInfo[failure].do.map((command) => {
    const placed = context.namespace === undefined ? command.replaceAll(' -n {namespace}', '') : command;
    return placed.replaceAll(
      /\{(host|image|namespace|pod|secret|node|registry)\}/g,
      (_, key: keyof CommandContext | 'registry') => shellWord(valueOf(key, context)) ?? key.toUpperCase(),
    );
  });
}

function valueOf(key: keyof CommandContext | 'registry', context: CommandContext): string | undefined {
  if (key !== 'registry') return context[key];
  const registry = context.image === undefined ? undefined : tryParseReference(context.image)?.registry;
  // The key under which docker and the kubelet look up credentials for Docker Hub.
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : (registry ?? context.host);
}

function shellWord(value: string | undefined): string | undefined {
  if (value === undefined || plainWord.test(value)) return value;
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
