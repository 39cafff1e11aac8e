import { tryParseReference } from '../../image/index.ts';
import type { Diagnosis } from '../../model/index.ts';
import { actionOf } from './classes/index.ts';

/** What fills the places of a command. */
export type CommandContext = {
  readonly image?: string;
  readonly namespace?: string;
  readonly pod?: string;
  readonly container?: string;
  readonly secret?: string;
  readonly node?: string;
  /** How pullmend was called, `kubectl pullmend` too. */
  readonly program?: string;
};

/**
 * Places that are read from the diagnosis: the host that failed (`{host}` with its port, `{name}` without, `{address}`
 * with the port that is dialled), the scheme of its URL, the registry that credentials are for.
 */
type Place = keyof CommandContext | 'host' | 'name' | 'address' | 'scheme' | 'registry';

/** Characters that a shell leaves alone; anything else is quoted. */
const plainWord = /^[\w.:/@%+=,-]+$/;
const places = /\{(host|name|address|scheme|image|namespace|pod|container|secret|node|registry|program)\}/g;

type Subject = Pick<Diagnosis, 'class' | 'variant' | 'endpoint' | 'evidence'>;

/**
 * The commands for a cause, ready to paste. A place that nothing fills stays in capitals (`NAMESPACE`) for a person
 * to fill; a `-n {namespace}` without a namespace is left out.
 */
export function classCommands(subject: Subject, context: CommandContext): readonly string[] {
  return actionOf(subject).do.map((command) => {
    const placed = context.namespace === undefined ? command.replaceAll(' -n {namespace}', '') : command;
    return placed.replaceAll(places, (_, key: Place) => {
      const value = valueOf(key, subject, context);
      // The name of the program is two words when kubectl runs it.
      return (key === 'program' ? value : shellWord(value)) ?? key.toUpperCase();
    });
  });
}

function valueOf(key: Place, { endpoint, evidence }: Subject, context: CommandContext): string | undefined {
  switch (key) {
    case 'host':
      return endpoint;
    case 'name':
      return endpoint === undefined ? undefined : nameOf(endpoint).replaceAll(/[[\]]/g, '');
    case 'address':
      return endpoint === undefined || nameOf(endpoint) !== endpoint
        ? endpoint
        : `${endpoint}:${schemeOf(evidence, endpoint) === 'http' ? 80 : 443}`;
    case 'scheme':
      return schemeOf(evidence, endpoint);
    case 'program':
      return context.program ?? 'pullmend';
    case 'registry':
      return registryOf(context.image) ?? endpoint;
    default:
      return context[key];
  }
}

/** The key under which docker and the kubelet look up credentials; Docker Hub has one of its own. */
function registryOf(image: string | undefined): string | undefined {
  const registry = image === undefined ? undefined : tryParseReference(image)?.registry;
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}

/** As the message has it: what answers on a port depends on it. */
function schemeOf(evidence: string, endpoint: string | undefined): 'http' | 'https' {
  return endpoint !== undefined && evidence.toLowerCase().includes(`http://${endpoint}`) ? 'http' : 'https';
}

function nameOf(host: string): string {
  return host.startsWith('[') ? host.replace(/\]:\d+$/, ']') : host.replace(/:\d+$/, '');
}

function shellWord(value: string | undefined): string | undefined {
  if (value === undefined || plainWord.test(value)) return value;
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
