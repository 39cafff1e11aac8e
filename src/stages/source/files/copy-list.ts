import { formatAddress, formatReference } from '../../../core/image/index.ts';
import { copyListForm, readImageList } from '../../../core/knowledge/copy-lists/index.ts';
import { isError } from '../../../core/base/index.ts';
import type { ImagesOfFile, SourceFile, Usage } from '../../../core/model/index.ts';

/** The images of a list of what is to be copied; undefined for any other file. */
export function copiesOf(file: SourceFile): ImagesOfFile | undefined {
  const form = copyListForm(file.text);
  if (form === undefined) return undefined;
  return { file, usages: copied(file), lookAlikes: [], objects: 1, copyList: form };
}

function copied({ text, path }: SourceFile): readonly Usage[] {
  try {
    return readImageList(text, path).map(({ source, tags }): Usage => {
      const { registry, repository } = source;
      const name = `${registry}/${repository}`;
      const known =
        tags === undefined
          ? { image: formatAddress(source), reference: formatReference(source) }
          : { image: `${name}:*`, open: { name, tail: ':*' } };
      return {
        ...known,
        place: 'copyList',
        name: 'source',
        object: { apiVersion: 'v1', kind: 'File', name: path },
        path: '',
        reason: 'named',
      };
    });
  } catch (error) {
    // `sync` tells what it is about the list.
    if (isError(error, 'PM_LIST_BROKEN')) return [];
    throw error;
  }
}
