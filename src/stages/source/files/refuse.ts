import { isError, PullmendError } from '../../../core/base/index.ts';
import type { ImagesOfFile } from '../../../core/model/index.ts';

/** An action of Helm; other programs too have texts with `{{ }}` in fields of images. */
const helmAction =
  /\{\{-?\s*(?:\$?\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template|tpl|required)\s)/;

/** Throws PM_TO_BE_RENDERED for a manifest whose images a template makes up. */
export function refuseTemplate({ file, usages }: ImagesOfFile): void {
  const made = usages.find(({ image }) => helmAction.test(image));
  if (made === undefined) return;
  const { line, column } = made.position ?? {};
  throw toBeRendered(file.path, 'template', 'DIR', {
    where: line === undefined ? file.path : `${file.path}:${line}:${column}`,
  });
}

/** What a broken YAML is rather: a template. */
export function asTemplate(error: unknown, { path, text }: ImagesOfFile['file']): unknown {
  if (!isError(error, 'PM_FILE_BROKEN') || !/\{\{.*\}\}/.test(text)) return error;
  const { where } = error;
  return toBeRendered(path, 'template', 'DIR', { cause: error, ...(where === undefined ? {} : { where }) });
}

/** Throws PM_NOT_A_MANIFEST for a file that was named itself and holds neither an object nor settings with images. */
export function refuseObjectless(paths: readonly string[], files: readonly ImagesOfFile[]): void {
  const none = files.find(
    ({ file, objects, usages }) => objects === 0 && usages.length === 0 && paths.includes(file.path),
  );
  if (none !== undefined) throw new PullmendError('PM_NOT_A_MANIFEST', { file: none.file.path });
}

/** Throws PM_FILE_REPEATED_KEY: programs differ in which of the two they take, so nothing is changed. */
export function refuseRepeatedKeys(files: readonly ImagesOfFile[]): void {
  for (const { file, repeatedKey } of files) {
    if (repeatedKey === undefined) continue;
    const { key, line, column } = repeatedKey;
    const where = `${file.path}:${line}:${column}`;
    throw new PullmendError('PM_FILE_REPEATED_KEY', { file: file.path, key, line, column }, { where });
  }
}

export function toBeRendered(
  path: string,
  what: 'chart' | 'template' | 'kustomization',
  folder: string,
  options: { readonly cause?: unknown; readonly where?: string } = {},
): PullmendError {
  return new PullmendError('PM_TO_BE_RENDERED', { path, what, folder }, options);
}
