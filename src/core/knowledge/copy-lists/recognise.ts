import { readDocument, type Value } from './document.ts';

/** The forms of lists that say what is to be copied, by the programs that read them. */
export type CopyListForm =
  | 'ImageList'
  | 'regsync'
  | 'skopeo sync'
  | 'image-syncer'
  | 'hauler'
  | 'zarf'
  | 'oc-mirror'
  | 'dregsy'
  | 'Images.lock'
  | 'KubeKey';

/** Kinds, with the group of their API where others have such a kind, too. */
const kinds: Readonly<Record<string, readonly [form: CopyListForm, group?: RegExp]>> = {
  ImageList: ['ImageList'],
  Images: ['hauler', /^content\.hauler\.cattle\.io\//],
  ZarfPackageConfig: ['zarf'],
  ImageSetConfiguration: ['oc-mirror', /^mirror\.openshift\.io\//],
  ImagesLock: ['Images.lock'],
  Manifest: ['KubeKey', /^kubekey\.kubesphere\.io\//],
};

/** A trace of each form, so that other files are not parsed once more. */
const trace =
  /^kind: *["']?(?:Images|ImageList|ImagesLock|ZarfPackageConfig|ImageSetConfiguration|Manifest)\b|^\s*["']?(?:images(?:-by-[a-z-]+)?|sync|mappings)["']?:|^["']?[\w.-]+(?::\d+)?\/[^\s:]+|"images"|"kind"/m;

/** Which list for copying a text is; undefined for anything else. */
export function copyListForm(text: string): CopyListForm | undefined {
  if (!trace.test(text)) return undefined;
  try {
    return formOf(readDocument(text, ''));
  } catch {
    return undefined;
  }
}

export function formOf(list: Value): CopyListForm | undefined {
  const kind = list.get('kind')?.text;
  if (kind !== undefined) {
    const [form, group] = Object.hasOwn(kinds, kind) ? (kinds[kind] ?? []) : [];
    return group === undefined || group.test(list.get('apiVersion')?.text ?? '') ? form : undefined;
  }
  if (list.get('apiVersion') !== undefined) return undefined;
  const isPair = (item: Value): boolean =>
    ['source', 'target'].every((key) => item.get(key)?.text !== undefined);
  if (list.get('sync')?.items?.some(isPair) === true) return 'regsync';
  if (list.get('tasks')?.items?.some((item) => item.get('mappings') !== undefined) === true) return 'dregsy';
  const entries = list.entries ?? [];
  const isSkopeo = entries.some(
    ({ key, value }) => isHost(key) && value.entries?.some((it) => skopeoKeys.has(it.key)),
  );
  if (isSkopeo) return 'skopeo sync';
  const pairs = (list.get('images') ?? list).entries ?? [];
  return pairs.length > 0 && pairs.every(isSyncPair) ? 'image-syncer' : undefined;
}

const skopeoKeys: ReadonlySet<string> = new Set(['images', 'images-by-tag-regex', 'images-by-semver']);

function isHost(key: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/[\w./-]*)?$|^localhost(?::\d+)?$/.test(key);
}

/** `quay.io/a/b:v1: registry.corp/a/b`: both sides have a registry, or the first is a name with a tag. */
function isSyncPair({ key, value }: { readonly key: string; readonly value: Value }): boolean {
  const targets = value.items ?? [value];
  const isName = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\/\S+$/;
  const isSource = isName.test(key) || /^[a-z0-9][\w./-]*:\S+$/.test(key);
  return (
    isSource && targets.length > 0 && targets.every(({ text }) => text !== undefined && isName.test(text))
  );
}
