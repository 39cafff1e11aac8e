import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of a chart by their path in it. */
export type ChartFiles = Readonly<Record<string, string>>;

/** Writes a chart of these files; a `Chart.yaml` is there in any case. */
export function writeChart(folder: string, files: ChartFiles): string {
  for (const [path, text] of Object.entries({ 'Chart.yaml': chartFile('demo'), ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export function chartFile(name: string, more = ''): string {
  return `apiVersion: v2\nname: ${name}\nversion: 1.0.0\nappVersion: "2.0"\n${more}`;
}

/** A Pod with a container for each image, as a template writes it. */
export function pod(name: string, ...images: readonly string[]): string {
  const containers = images.map((image, at) => `    - { name: c${at}, image: ${image} }\n`).join('');
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  containers:\n${containers}`;
}

/** All hosts in one place: a registry setting can move everything. */
export function hostDropped(image: string): string | undefined {
  if (image.startsWith('m.example/p')) return undefined;
  return `m.example/p/${image.replace(/^[^/]*[.:][^/]*\//, '')}`;
}

/** Each host in a place of its own: one setting for all would be wrong. */
export function hostKept(image: string): string | undefined {
  return image.startsWith('m.example') ? undefined : `m.example/${image}`;
}
