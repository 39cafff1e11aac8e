import { quoted } from '../quoted.ts';
import type { NodeShell } from '../shell.ts';
import type { Runtime } from '../survey.ts';
import { withCtr } from './containerd.ts';

/** An image name of a node, and what it leads to. */
export type NamedImage = {
  readonly name: string;
  readonly digest: string;
  readonly labels: Readonly<Record<string, string>>;
};

/** A node of thousands of names prints some MB. */
const maxOutputBytes = 16 * 1024 * 1024;

/** The images of a node by their names; with `names` only these. Errors: NodeAccessError. */
export async function namedImages(
  shell: NodeShell,
  runtime: Runtime,
  names: readonly string[] = [],
): Promise<readonly NamedImage[]> {
  const filters = names.map((name) => quoted(`name==${name}`)).join(' ');
  const { stdout } = await withCtr(shell, runtime, `ctr images list ${filters}\n`, { maxOutputBytes });
  return imagesIn(stdout);
}

export function imagesIn(table: string): readonly NamedImage[] {
  return rowsIn(table).map(({ name, digest, labels }) => ({ name, digest, labels }));
}

/** `ctr images list`: REF, TYPE, DIGEST, SIZE (two words), PLATFORMS, LABELS; read from known forms, not columns. */
export function rowsIn(table: string): readonly (NamedImage & { readonly size: string })[] {
  return table.split('\n').flatMap((line) => {
    const [, name, digest, rest = ''] = /^(\S+)\s+\S+\s+(sha\d+:[0-9a-f]+)\s+(.*)$/.exec(line) ?? [];
    if (name === undefined || digest === undefined) return [];
    const [size = ''] = /^[\d.]+\s?[a-zA-Z]*/.exec(rest) ?? [];
    const labels = rest.trimEnd().split(/\s+/).at(-1) ?? '-';
    const pairs = labels.split(',').flatMap((one) => {
      const [key = '', value] = one.split(/=(.*)/s, 2);
      return value === undefined ? [] : [[key, value] as const];
    });
    return [{ name, digest, size, labels: Object.fromEntries(pairs) }];
  });
}
