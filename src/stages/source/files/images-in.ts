import { readYaml } from '../../../core/edit/index.ts';
import { digText } from '../../../core/knowledge/pods/index.ts';
import type { ImagesOfFile, SourceFile } from '../../../core/model/index.ts';
import { imagesOfDocument } from '../images-of.ts';

/** Every image that the objects of a file bring into a pod, and what only looks like one. */
export function imagesIn(file: SourceFile): ImagesOfFile {
  const documents = readYaml(file.text, file.path);
  const found = documents.map((document) => ({
    document,
    ...imagesOfDocument(document.value, ({ path, start, end }) =>
      start === undefined || end === undefined ? undefined : document.locate(path, { start, end }),
    ),
  }));
  const [repeatedKey] = found.flatMap(({ usages, document }) =>
    usages.length === 0 ? [] : (document.repeatedKey() ?? []),
  );
  return {
    file,
    usages: found.flatMap(({ usages }) => usages),
    lookAlikes: found.flatMap(({ lookAlikes }) => lookAlikes),
    objects: documents.filter(({ value }) => digText(value, 'kind') !== undefined).length,
    ...(repeatedKey === undefined ? {} : { repeatedKey }),
  };
}
