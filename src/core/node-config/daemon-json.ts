import { asList, asText } from '../knowledge/pods/index.ts';
import type { JsonObject, NodeMirror, NodeSettings } from '../model/index.ts';
import type { BrokenFile, ConfigDraft, NodeState, Untold } from './types.ts';

const hub = 'docker.io';

/**
 * The settings in docker's `daemon.json`: `registry-mirrors` are for Docker Hub alone and have no path (dockerd(8)). The
 * daemon takes both settings on a reload.
 */
export function dockerDraft(state: NodeState, settings: NodeSettings): ConfigDraft {
  const before = state.files.find(({ path }) => path === state.main)?.text;
  const config = before === undefined || before.trim() === '' ? {} : readJson(before, state.main);
  const untold = settings.registries.flatMap(({ registry, mirrors }) =>
    mirrors.flatMap((mirror): readonly Untold[] => {
      const reason = whyNot(registry, mirror);
      return reason === undefined ? [] : [{ mirror: mirror.name, registry, reason }];
    }),
  );
  if ('reason' in config && 'line' in config) {
    return { files: [], restart: 'none', untold, broken: [config as unknown as BrokenFile] };
  }
  const mirrors = settings.registries.flatMap(({ registry, mirrors: all }) =>
    all.filter((mirror) => whyNot(registry, mirror) === undefined),
  );
  const after = withList(
    withList(
      config as JsonObject,
      'registry-mirrors',
      mirrors.map(({ server }) => server),
    ),
    'insecure-registries',
    mirrors.flatMap(({ server }) => (server.startsWith('http:') ? [new URL(server).host] : [])),
  );
  const authorities = mirrors.flatMap(({ ca, server }) => {
    if (ca === undefined) return [];
    const path = `/etc/docker/certs.d/${new URL(server).host}/pullmend.crt`;
    const old = state.files.find((file) => file.path === path)?.text;
    return old === ca ? [] : [{ path, ...(old === undefined ? {} : { before: old }), after: ca }];
  });
  if (after === config) return { files: authorities, restart: 'none', untold, broken: [] };
  const indent = /\n([ \t]+)"/.exec(before ?? '')?.[1] ?? '  ';
  const text = `${JSON.stringify(after, null, indent)}\n`;
  const file = { path: state.main, ...(before === undefined ? {} : { before }), after: text };
  return { files: [...authorities, file], restart: 'reload', untold, broken: [] };
}

function whyNot(registry: string, { path, below }: NodeMirror): Untold['reason'] | undefined {
  if (registry !== hub) return 'hub-only';
  if (below !== undefined) return 'part-only';
  return path === '' ? undefined : 'path';
}

/** Those that are wanted come first; the same object where all are there. */
function withList(config: JsonObject, key: string, wanted: readonly string[]): JsonObject {
  const there = asList(config[key]).flatMap((one) => asText(one) ?? []);
  const bare = (address: string): string => address.replace(/\/+$/, '');
  const lacking = wanted.filter((address) => !there.some((one) => bare(one) === bare(address)));
  return lacking.length === 0 ? config : { ...config, [key]: [...lacking, ...there] };
}

function readJson(text: string, path: string): JsonObject | BrokenFile {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
    return { path, line: 1, column: 1, reason: 'it is no JSON object' };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/,? ?(\.\.\.)?"[^]*$/, '') : String(error);
    return { path, ...faultAt(text), reason };
  }
}

/** The first place up to which the text is the beginning of JSON; V8 does not always tell it. */
function faultAt(text: string): { readonly line: number; readonly column: number } {
  const lines = text.split('\n');
  for (let line = 1; line <= lines.length; line += 1) {
    if (!beginsWell(lines.slice(0, line).join('\n'))) return { line, column: 1 };
  }
  return { line: lines.length, column: 1 };
}

function beginsWell(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    return (
      /end of JSON/.test(message) || (position !== undefined && Number(position) >= text.trimEnd().length)
    );
  }
}
