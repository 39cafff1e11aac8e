import { readYaml, spliceText } from '../edit/index.ts';
import { asObjects, asText, dig } from '../knowledge/pods/index.ts';
import type { NodeSettings } from '../model/index.ts';
import type { ConfigDraft, NodeState } from './types.ts';

const lists = ['containers', 'initContainers'] as const;

/**
 * A static pod's manifest with other images; every other byte stays. The kubelet reads the file again by itself.
 * Errors: PM_FILE_BROKEN.
 */
export function manifestDraft(
  { files }: Pick<NodeState, 'files'>,
  { path, images }: NonNullable<NodeSettings['manifest']>,
): ConfigDraft['files'] {
  const text = files.find((file) => file.path === path)?.text;
  if (text === undefined) return [];
  const edits = readYaml(text, path).flatMap((document) =>
    lists.flatMap((list) =>
      asObjects(dig(document.value, 'spec', list)).flatMap((container, index) => {
        const image = images.find(({ before }) => before === asText(container.image));
        const place = image === undefined ? undefined : document.locate(`/spec/${list}/${index}/image`);
        return image === undefined || place === undefined
          ? []
          : [{ ...place, before: image.before, after: image.after }];
      }),
    ),
  );
  return edits.length === 0 ? [] : [{ path, before: text, after: spliceText(text, edits) }];
}
