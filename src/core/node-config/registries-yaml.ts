import { isMap, isSeq, parseDocument, type Document } from 'yaml';
import { asList, asObject, asText, dig } from '../knowledge/pods/index.ts';
import type { Json, NodeMirror, NodeSettings } from '../model/index.ts';
import type { ConfigDraft, NodeState, Untold } from './types.ts';

/**
 * The settings in `registries.yaml` of k3s and RKE2 (docs.k3s.io, "Private Registry Configuration"). What stands in front
 * of a repository is a `rewrite`, of which an entry has one for all its endpoints: a mirror that needs another one is told.
 * It is read when the service starts.
 */
export function k3sDraft(state: NodeState, settings: NodeSettings): ConfigDraft {
  const before = state.files.find(({ path }) => path === state.main)?.text;
  const document = parseDocument(before ?? '');
  const [fault] = document.errors;
  const untold: Untold[] = [];
  if (fault !== undefined || (document.contents !== null && !isMap(document.contents))) {
    const { line = 1, col: column = 1 } = fault?.linePos?.[0] ?? {};
    const [reason = ''] = (fault?.message ?? 'it is no map').split('\n');
    return { files: [], restart: 'none', untold, broken: [{ path: state.main, line, column, reason }] };
  }
  const authorities: ConfigDraft['files'][number][] = [];
  let isChanged = false;
  for (const { registry, mirrors } of settings.registries) {
    for (const mirror of mirrors.toReversed()) {
      const reason = whyNot(document, registry, mirror);
      if (reason !== undefined) untold.push({ mirror: mirror.name, registry, reason });
      else if (put(document, registry, mirror)) isChanged = true;
      if (reason === undefined && mirror.ca !== undefined)
        authorities.push(authority(document, state, mirror.ca, mirror));
    }
  }
  const changed = authorities.filter((file) => file.before !== file.after);
  if (!isChanged && changed.length === 0) return { files: [], restart: 'none', untold, broken: [] };
  const after = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const file = { path: state.main, ...(before === undefined ? {} : { before }), after };
  return { files: [...changed, file], restart: 'restart', untold, broken: [] };
}

const anything = '^(.*)$';

function whyNot(
  document: Document,
  registry: string,
  { path, below }: NodeMirror,
): Untold['reason'] | undefined {
  if (below !== undefined) return 'part-only';
  const entry = asObject(dig(document.toJS() as Json, 'mirrors', registry));
  const endpoints = asList(entry.endpoint);
  const rewrite = asText(dig(entry, 'rewrite', anything));
  if (endpoints.length === 0 && Object.keys(asObject(entry.rewrite)).length === 0) return undefined;
  const needed = path === '' ? undefined : `${path}/$1`;
  return rewrite === needed ? undefined : 'path';
}

/** True when something was put in. */
function put(document: Document, registry: string, { server, path }: NodeMirror): boolean {
  const at = ['mirrors', registry, 'endpoint'];
  const there = asList(dig(document.toJS() as Json, ...at));
  if (there.includes(server)) return false;
  const list = document.getIn(at);
  if (isSeq(list)) list.items.unshift(document.createNode(server));
  else document.setIn(at, document.createNode([server]));
  if (path !== '') document.setIn(['mirrors', registry, 'rewrite', anything], `${path}/$1`);
  return true;
}

function authority(
  document: Document,
  { files }: NodeState,
  ca: string,
  { server }: NodeMirror,
): ConfigDraft['files'][number] {
  const { host } = new URL(server);
  const path = `/etc/rancher/pullmend/${host.replace(':', '_')}.crt`;
  document.setIn(['configs', host, 'tls', 'ca_file'], path);
  const before = files.find((file) => file.path === path)?.text;
  return { path, ...(before === undefined ? {} : { before }), after: ca };
}
