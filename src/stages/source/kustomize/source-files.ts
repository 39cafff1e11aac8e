import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '../../../adapters/files/index.ts';
import { readYaml, type YamlDocument } from '../../../core/edit/index.ts';
import { asList, asObject, asObjects, asText } from '../../../core/knowledge/pods/index.ts';
import type { Json, SourceFile } from '../../../core/model/index.ts';

/** The names that kustomize looks for. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

export type Kustomization = { readonly file: SourceFile; readonly document: YamlDocument };

/** Local files that a build reads. */
export type KustomizeFiles = {
  /** That of the folder first. */
  readonly kustomizations: readonly Kustomization[];
  /** Resources and patches. */
  readonly manifests: readonly SourceFile[];
  /** Paths of what else it reads: files of generators, settings of transformers. */
  readonly others: readonly string[];
  /** Folders of the charts that it renders; kustomize pulls what is not there. */
  readonly charts: readonly string[];
  /** Kustomizations that are no YAML. */
  readonly broken: readonly SourceFile[];
  /** Entries that are no file and no folder of this machine, and the kustomization with each. */
  readonly absent: readonly { readonly entry: string; readonly file: string }[];
};

/** The kustomization of a folder and all that it refers to on this machine. */
export async function sourceFiles(folder: string): Promise<KustomizeFiles> {
  const kustomizations: Kustomization[] = [];
  const manifests: SourceFile[] = [];
  const others = new Set<string>();
  const charts = new Set<string>();
  const broken: SourceFile[] = [];
  const absent: { entry: string; file: string }[] = [];
  const seen = new Set<string>();

  async function visitFolder(path: string): Promise<void> {
    for (const name of kustomizationNames) {
      const file = await readTextFile(join(path, name)).catch(() => undefined);
      if (file === undefined) continue;
      const document = documentOf(file);
      if (document === undefined) {
        broken.push(file);
        return;
      }
      kustomizations.push({ file, document });
      const home = chartHomeOf(document);
      if (home !== undefined && (await isFolder(join(path, home)))) charts.add(join(path, home));
      for (const entry of otherEntries(document)) {
        if (await isFile(join(path, entry))) others.add(join(path, entry));
        else absent.push({ entry, file: file.path });
      }
      for (const entry of entriesOf(document)) {
        if (!(await visit(join(path, entry)))) absent.push({ entry, file: file.path });
      }
      return;
    }
  }

  /** False when nothing is there. */
  async function visit(path: string): Promise<boolean> {
    if (seen.has(path)) return true;
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return false;
    seen.add(path);
    if (found.isDirectory()) await visitFolder(path);
    else {
      const file = await readTextFile(path).catch(() => undefined);
      if (file !== undefined) manifests.push(file);
      else others.add(path);
    }
    return true;
  }

  await visit(folder);
  return { kustomizations, manifests, others: [...others], charts: [...charts], absent, broken };
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Where its charts lie (kustomize api/types/helmchartargs.go); undefined where it renders none. */
function chartHomeOf({ value }: YamlDocument): string | undefined {
  const { helmCharts, helmGlobals } = asObject(value);
  if (asObjects(helmCharts).length === 0) return undefined;
  return asText(asObject(helmGlobals).chartHome) ?? 'charts';
}

function documentOf(file: SourceFile): YamlDocument | undefined {
  try {
    return readYaml(file.text, file.path)[0];
  } catch {
    return undefined;
  }
}

const resourceFields = [
  'resources',
  'bases',
  'components',
  'patchesStrategicMerge',
  'generators',
  'transformers',
  'validators',
] as const;

/** Paths of other folders and manifests. */
function entriesOf({ value }: YamlDocument): readonly string[] {
  const content = asObject(value);
  const patches = [...asObjects(content.patches), ...asObjects(content.patchesJson6902)];
  return paths([
    ...resourceFields.flatMap((list) => asList(content[list])),
    ...patches.map(({ path }) => path),
  ]);
}

/** Paths of files that are no manifests. */
function otherEntries({ value }: YamlDocument): readonly string[] {
  const content = asObject(value);
  const generators = generatorsIn(content);
  return paths([
    ...asList(content.crds),
    ...asList(content.configurations),
    ...asObjects(content.replacements).map(({ path }) => path),
    asObject(content.openapi).path,
    ...asObjects(content.helmCharts).flatMap(({ valuesFile, additionalValuesFiles }) => [
      valuesFile,
      ...asList(additionalValuesFiles),
    ]),
    ...generators.flatMap(({ files, envs, env }) => [
      ...asList(files).map((entry) => asText(entry)?.replace(/^[^=]*=/, '')),
      ...asList(envs),
      env,
    ]),
  ]);
}

/** Entries of `configMapGenerator` and `secretGenerator`. */
export function generatorsIn(content: Json): readonly Readonly<Record<string, Json | undefined>>[] {
  const { configMapGenerator, secretGenerator } = asObject(content);
  return [...asObjects(configMapGenerator), ...asObjects(secretGenerator)];
}

/** Without what is written in the list itself. */
function paths(entries: readonly (Json | undefined)[]): readonly string[] {
  return entries.flatMap((entry) => {
    const text = asText(entry);
    return text === undefined || /\n|^\s*\{/.test(text) ? [] : [text];
  });
}
