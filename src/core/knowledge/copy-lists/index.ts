import { readDocument, type Value } from './document.ts';
import { broken, referenceAt, type ListEntry } from './entry.ts';
import {
  dregsyEntries,
  haulerEntries,
  imagesLockEntries,
  kubekeyManifestEntries,
  ocMirrorEntries,
  zarfEntries,
} from './charts-and-clusters.ts';
import { imageListEntries, imageSyncerEntries, regsyncEntries, skopeoEntries } from './forms.ts';
import { formOf, type CopyListForm } from './recognise.ts';

export { copyListForm, type CopyListForm } from './recognise.ts';
export { tagChosen, type ListEntry, type TagChoice } from './entry.ts';

/**
 * Reads a list of images in any form that people have: lines `SOURCE [DESTINATION]`, the files of image-syncer, regsync
 * and `skopeo sync`, or the ImageList of this program. Throws PM_LIST_BROKEN with line and column.
 */
export function readImageList(text: string, file: string): readonly ListEntry[] {
  return isStructured(text) ? structuredEntries(readDocument(text, file)) : plainEntries(text, file);
}

/** No image name has a colon before a blank or at its end. */
function isStructured(text: string): boolean {
  const first = text.split('\n').find((line) => /^\s*[^\s#]/.test(line)) ?? '';
  return /^\s*(?:\{|---|%YAML)|:(?:\s|$)/.test(first);
}

function structuredEntries(list: Value): readonly ListEntry[] {
  if (list.entries === undefined) throw broken(list.place, 'a map is expected here');
  const form = formOf(list);
  return (form === undefined ? imageSyncerEntries : readers[form])(list);
}

const readers: Readonly<Record<CopyListForm, (list: Value) => readonly ListEntry[]>> = {
  ImageList: imageListEntries,
  regsync: regsyncEntries,
  'skopeo sync': skopeoEntries,
  'image-syncer': imageSyncerEntries,
  hauler: haulerEntries,
  zarf: zarfEntries,
  'oc-mirror': ocMirrorEntries,
  dregsy: dregsyEntries,
  'Images.lock': imagesLockEntries,
  KubeKey: kubekeyManifestEntries,
};

function plainEntries(text: string, file: string): readonly ListEntry[] {
  return text.split('\n').flatMap((line, index) => {
    const words = [...line.replace(/(^|\s)#.*$/, '').matchAll(/\S+/g)];
    const [source, ...targets] = words.map((word) =>
      referenceAt(word[0], { file, line: index + 1, column: word.index + 1 }),
    );
    if (source === undefined) return [];
    if (targets.length > 1) {
      throw broken(
        { file, line: index + 1, column: (words[2]?.index ?? 0) + 1 },
        'more than two names in a line',
      );
    }
    return [{ source, targets }];
  });
}
export { parseKnownDigests, type KnownDigests } from './known-digests.ts';
