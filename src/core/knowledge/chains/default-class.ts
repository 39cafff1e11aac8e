import type { FieldChange, JsonObject } from '../../model/index.ts';
import { dig, isObject } from '../pods/index.ts';
import { pointerToken } from '../../base/index.ts';

/** The second one is the beta name, which the API server still takes (pkg/apis/storage/util). */
export const defaultClassMarks = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
] as const;

const annotations = '/metadata/annotations';
const [mark, betaMark] = defaultClassMarks;

/** The change that makes a class the default one; nothing where it is that already. */
export function makeDefault(storageClass: JsonObject): FieldChange | undefined {
  const now = dig(storageClass, 'metadata', 'annotations');
  if (!isObject(now)) return { path: annotations, after: { [mark]: 'true' } };
  const before = now[mark];
  if (before === 'true') return undefined;
  return { path: pathOf(mark), ...(before === undefined ? {} : { before }), after: 'true' };
}

/** The changes that end it. */
export function endDefault(storageClass: JsonObject): readonly FieldChange[] {
  return defaultClassMarks.flatMap((name) => {
    const before = dig(storageClass, 'metadata', 'annotations', name);
    return before === 'true' ? [{ path: pathOf(name), before, after: 'false' }] : [];
  });
}

/** Whether a change is of a class's mark and of nothing else. */
export function isOfMark({ path, after }: FieldChange): boolean {
  if (path === pathOf(mark) || path === pathOf(betaMark)) return after === 'true' || after === 'false';
  return path === annotations && JSON.stringify(after) === JSON.stringify({ [mark]: 'true' });
}

function pathOf(name: string): string {
  return `${annotations}/${pointerToken(name)}`;
}
