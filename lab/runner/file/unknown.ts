import type { Scenario } from './schema/index.ts';

/** What the runner itself knows; see `variablesOf` in `run/context.ts`. */
const PLAIN = ['name', 'ns', 'home', 'config', 'kubeconfig'];
const KINDS = ['digest', 'uid', 'program'];

type Place = { readonly path: readonly PropertyKey[]; readonly name: string };

/** The variables of a scenario that nobody will ever know, with the places where they stand. */
export function unknownVariables(scenario: Scenario): readonly Place[] {
  const captured = capturedIn(scenario.when);
  const proxy = scenario.given.webProxy ? ['webProxy'] : [];
  const known = [...PLAIN, ...proxy, ...Object.keys(scenario.each ?? {}), ...captured];
  return textsIn(scenario, []).flatMap(({ path, text }) =>
    [...text.matchAll(/(\$?)\$\{([^}]*)\}/g)]
      .filter(([, escape]) => escape === '')
      .map(([, , name = '']) => name)
      .filter(
        (name) => !(name.includes(':') ? KINDS.includes(name.split(':')[0] ?? '') : known.includes(name)),
      )
      .map((name) => ({ path, name })),
  );
}

function capturedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'capture' && typeof item === 'object' && item !== null ? Object.keys(item) : capturedIn(item),
  );
}

type Text = { readonly path: readonly PropertyKey[]; readonly text: string };

/** All strings of a value, keys included; a key stands where its value does. */
function textsIn(value: unknown, path: readonly PropertyKey[]): readonly Text[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return [...(Array.isArray(value) ? [] : [{ path: here, text: key }]), ...textsIn(item, here)];
  });
}
