import { findFiles, readTextFile } from '../../adapters/files/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { readYaml } from '../../core/edit/index.ts';
import { digText, isObject } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, ManagerRef, SourceFile } from '../../core/model/index.ts';
import type { World } from '../../access/index.ts';
import { rewrite } from '../rewrite/index.ts';
import type { Checkout } from './checkouts.ts';
import { optionsFor } from './in-folder.ts';
import type { Copy, SourceEdits } from './types.ts';

/** The object of a delivery as a file says it. */
export type DeliveryFile = {
  readonly file: SourceFile;
  /** Which document of the file, from 0. */
  readonly document: number;
  readonly object: JsonObject;
};

const endings = ['.yaml', '.yml', '.json'] as const;

/** The file of a checkout that has the Application, Kustomization or HelmRelease; templates and broken files are passed over. */
export async function fileOfDelivery(
  manager: ManagerRef,
  { root }: Checkout,
): Promise<DeliveryFile | undefined> {
  const kind = manager.by === 'argocd' ? 'Application' : (manager.kind ?? '');
  const { name = '', namespace } = manager;
  const { files } = await findFiles([root], endings);
  for (const path of files) {
    const file = await readable(path);
    // Most files are of something else: they are not worth reading as YAML.
    if (file === undefined || !file.text.includes(kind) || !file.text.includes(name)) continue;
    const found = documentsOf(file).findIndex(
      (value) =>
        isObject(value) &&
        value.kind === kind &&
        isDelivery(value) &&
        digText(value, 'metadata', 'name') === name &&
        (digText(value, 'metadata', 'namespace') ?? namespace) ===
          (namespace ?? digText(value, 'metadata', 'namespace')),
    );
    const object = documentsOf(file)[found];
    if (isObject(object)) return { file, document: found, object };
  }
  return undefined;
}

function isDelivery({ apiVersion }: JsonObject): boolean {
  return (
    typeof apiVersion === 'string' &&
    /^(?:argoproj\.io|(?:helm|kustomize)\.toolkit\.fluxcd\.io)\//.test(apiVersion)
  );
}

/**
 * The edits that name copies in the object itself: values, parameters, entries of `images`. Their shapes are known, what
 * a chart makes of them is not.
 */
export async function editsInObject(
  { file, object }: DeliveryFile,
  copies: readonly Copy[],
  world: World,
): Promise<SourceEdits> {
  const { changes } = await rewrite([file.path], optionsFor(copies), world);
  const own = changes.filter(
    ({ usage }) =>
      usage.object.kind === object.kind && usage.object.name === digText(object, 'metadata', 'name'),
  );
  return {
    edits: own.flatMap(({ edits = [] }) => edits),
    moved: new Set(own.flatMap(({ usage }) => usage.reference ?? [])),
    proof: 'unproved',
  };
}

async function readable(path: string): Promise<SourceFile | undefined> {
  try {
    return await readTextFile(path);
  } catch (error) {
    if (error instanceof PullmendError) return undefined;
    throw error;
  }
}

function documentsOf(file: SourceFile): readonly unknown[] {
  try {
    return readYaml(file.text, file.path).map(({ value }) => value);
  } catch (error) {
    if (error instanceof PullmendError) return [];
    throw error;
  }
}
