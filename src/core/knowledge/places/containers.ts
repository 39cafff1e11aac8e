import type { Json } from '../../model/index.ts';
import { asList, asObject, asText } from '../pods/index.ts';
import { isLedByFlag, namesDestination, namesImage } from './field-name.ts';
import type { Walk } from './tell.ts';
import { flatPairs } from './tell-composed.ts';
import { pushedItems } from './destinations.ts';
import { scan } from './walk.ts';

const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** What the containers of a pod spec are told: environment, arguments and command. */
export function containersOf(podSpec: Json | undefined, base: string, to: Walk): void {
  for (const list of lists) {
    for (const [index, entry] of asList(asObject(podSpec)[list]).entries()) {
      const container = asObject(entry);
      const path = `${base}/${list}/${index}`;
      variables(container.env, `${path}/env`, to);
      const name = asText(container.name) ?? '';
      strings(container.command, { path: `${path}/command`, name }, { ...to, place: 'command' });
      strings(container.args, { path: `${path}/args`, name }, { ...to, place: 'arg' });
    }
  }
}

function variables(env: Json | undefined, path: string, to: Walk): void {
  const entries = asList(env).map(asObject);
  const values = Object.fromEntries(entries.map(({ name, value }) => [asText(name) ?? '', value ?? null]));
  const pathOf = (key: string): string => `${path}/${entries.findIndex(({ name }) => name === key)}/value`;
  const done = flatPairs(values, pathOf, { ...to, place: 'env' });
  for (const [index, { name, value }] of entries.entries()) {
    if (typeof name !== 'string' || typeof value !== 'string' || done.has(name)) continue;
    if (namesDestination(name)) continue;
    // A map or list of images, e.g. STRIMZI_KAFKA_IMAGES.
    const place = /[\s,;={[]/.test(value.trim()) ? 'envMap' : 'env';
    scan(value, { path: `${path}/${index}/value`, name, named: namesImage(name) }, { ...to, place });
  }
}

function strings(
  list: Json | undefined,
  at: { readonly path: string; readonly name: string },
  to: Walk,
): void {
  let before = '';
  const pushed = pushedItems(asList(list));
  for (const [index, text] of asList(list).entries()) {
    if (typeof text !== 'string' || pushed.has(index)) continue;
    const named = isLedByFlag(before, text);
    scan(text, { path: `${at.path}/${index}`, name: at.name, named }, to);
    before = text;
  }
}
