import { parseAllDocuments } from 'yaml';
import { isError } from '../base/index.ts';
import type { Json } from '../model/index.ts';
import { readYaml } from './yaml.ts';

/**
 * The values of documents that Helm or kustomize wrote. Their readers are kinder than the specification, so that
 * charts install with what a strict one refuses, e.g. `"\'"`.
 *
 * @param name what the text is called in errors. Errors: PM_FILE_BROKEN where a kind reader gives up too.
 */
export function readRenderedYaml(text: string, name: string): readonly Json[] {
  try {
    return readYaml(text, name).map(({ value }) => value);
  } catch (error) {
    if (!isError(error, 'PM_FILE_BROKEN')) throw error;
    const loose = parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: 'silent' });
    try {
      return [...loose].map((document) => document.toJS() as Json);
    } catch {
      throw error;
    }
  }
}
