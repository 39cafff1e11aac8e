import { readYaml, type YamlDocument } from '../../../core/edit/index.ts';
import { digText } from '../../../core/knowledge/pods/index.ts';
import type { ImagesOfFile, SourceFile } from '../../../core/model/index.ts';
import { imagesOfDocument, imagesOfSettings, type Locate } from '../images-of.ts';

/**
 * Every image that the objects of a file bring into a pod, and what only looks like one.
 *
 * @param settings take documents without a kind for the settings of a program, and look for images there too
 */
export function imagesIn(file: SourceFile, { settings = false } = {}): ImagesOfFile {
  const documents = readYaml(file.text, file.path);
  const found = documents.map((document) => {
    const locate: Locate = ({ path, start, end }) =>
      start === undefined || end === undefined ? undefined : document.locate(path, { start, end });
    const isSettings = settings && !isObject(document);
    return { document, ...(isSettings ? imagesOfSettings : imagesOfDocument)(document.value, locate) };
  });
  const [repeatedKey] = found.flatMap(({ usages, document }) =>
    usages.length === 0 ? [] : (document.repeatedKey() ?? []),
  );
  return {
    file,
    usages: found.flatMap(({ usages }) => usages),
    lookAlikes: found.flatMap(({ lookAlikes }) => lookAlikes),
    objects: documents.filter(isObject).length,
    ...(repeatedKey === undefined ? {} : { repeatedKey }),
  };
}

function isObject({ value }: YamlDocument): boolean {
  return digText(value, 'kind') !== undefined;
}
