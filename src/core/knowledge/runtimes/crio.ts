import { apiHost, formatReference, repositoryName, type Reference } from '../../image/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { asObjects, asText } from '../pods/index.ts';
import { registryEndpoint, type NodeFile, type RuntimeEndpoint, type RuntimeRoute } from './endpoint.ts';
import { readToml } from './toml.ts';

type Wanted = Pick<Reference, 'registry' | 'repository' | 'tag' | 'digest'>;

/**
 * Which servers CRI-O asks, from `registries.conf` and the files of `registries.conf.d` in the order of their names
 * (containers-registries.conf(5), version 2): a later file replaces the entry of the same prefix, the longest prefix
 * counts.
 */
export function crioRoute(files: readonly NodeFile[], reference: Wanted): RuntimeRoute {
  const read = files.map(({ path }) => path);
  const entries = new Map<string, JsonObject>();
  for (const { text } of files) {
    for (const entry of asObjects(readToml(text)?.registry)) {
      entries.set(asText(entry.prefix) || asText(entry.location) || '', entry);
    }
  }
  const name = repositoryName(reference);
  const [found] = [...entries]
    .map(([prefix, entry]) => ({ prefix, entry, length: matchLength(prefix, reference) }))
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => b.length - a.length);
  if (found === undefined) return { endpoints: [registryEndpoint(reference)], files: read };
  const rest = name.slice(found.length);
  const mirrors = asObjects(found.entry.mirror)
    .filter((mirror) => mayServe(mirror, found.entry, reference))
    .flatMap((mirror) => endpointAt(mirror, rest, true));
  const location = asText(found.entry.location) || (found.prefix.startsWith('*.') ? '' : found.prefix);
  const origin =
    location === '' ? [registryEndpoint(reference)] : endpointAt({ ...found.entry, location }, rest, false);
  return { endpoints: [...mirrors, ...(found.entry.blocked === true ? [] : origin)], files: read };
}

/** How much of the name the prefix stands for; 0 when it is another name. `*.example.com` stands for the host. */
function matchLength(prefix: string, reference: Wanted): number {
  if (prefix === '') return 0;
  if (prefix.startsWith('*.'))
    return reference.registry.endsWith(prefix.slice(1)) ? reference.registry.length : 0;
  const full = formatReference(reference);
  const rest = full.slice(prefix.length);
  return full.startsWith(prefix) && (rest === '' || /^[/:@]/.test(rest)) ? prefix.length : 0;
}

function mayServe(mirror: JsonObject, entry: JsonObject, { digest }: Wanted): boolean {
  const kind =
    asText(mirror['pull-from-mirror']) ?? (entry['mirror-by-digest-only'] === true ? 'digest-only' : 'all');
  return kind === 'all' || kind === (digest === undefined ? 'tag-only' : 'digest-only');
}

function endpointAt(settings: JsonObject, rest: string, mirror: boolean): readonly RuntimeEndpoint[] {
  const name = `${asText(settings.location) ?? ''}${rest}`;
  const slash = name.indexOf('/');
  if (slash < 1) return [];
  const [host, path] = [name.slice(0, slash), name.slice(slash + 1)];
  return [
    {
      repository: `https://${apiHost(host)}/v2/${path}`,
      mirror,
      ...(settings.insecure === true ? { insecure: true } : {}),
    },
  ];
}
