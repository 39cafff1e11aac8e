import { apiVersion, type Mirror, type MirrorSet } from '../../../../core/model/index.ts';
import type { CheckedMirror, Document } from '../../../../flows/index.ts';

/** `mirrors list -o json` and `mirrors check -o json`. */
export function mirrorReport(mirrors: readonly Mirror[], checks?: readonly CheckedMirror[]): Document {
  return { apiVersion, kind: 'MirrorReport', mirrors, checks };
}

export function mirrorsNamed({ mirrors }: MirrorSet, names: readonly string[]): readonly Mirror[] {
  return names.length === 0 ? mirrors : mirrors.filter((mirror) => names.includes(mirror.name));
}
