import { findFiles, readTextFile } from '../../../adapters/files/index.ts';
import type { Inventory, SourceFile, Usage } from '../../../core/model/index.ts';
import { usagesIn } from './usages.ts';

const manifestEndings = ['.yaml', '.yml', '.json'];

/**
 * Every image that manifests name, with its exact position. Paths are files or folders.
 * Errors: PM_FILE_UNREADABLE, PM_FILE_BROKEN.
 */
export async function fromFiles(paths: readonly string[]): Promise<Inventory> {
  const files: SourceFile[] = [];
  const usages: Usage[] = [];
  for (const path of await findFiles(paths, manifestEndings)) {
    const file = await readTextFile(path);
    const found = usagesIn(file);
    if (found.length > 0) files.push(file);
    usages.push(...found);
  }
  return { nodes: 0, usages, failures: [], workloads: [], files, platforms: [], knownDigests: {} };
}
