import { isOfMark } from '../../core/knowledge/chains/index.ts';
import type { DefaultClassStep } from '../../core/model/index.ts';

/** Only the mark of a StorageClass; all annotations only where there were none. */
export function vet({ object, change, claims }: DefaultClassStep): string | undefined {
  if (object.kind !== 'StorageClass') return `${object.kind} ${object.name} is no StorageClass`;
  const isWhole = change.path === '/metadata/annotations';
  if (!isOfMark(change) || (isWhole && change.before !== undefined))
    return `${change.path} of ${object.name} is not the mark of the default class`;
  const other = claims.find(({ kind }) => kind !== 'PersistentVolumeClaim');
  return other === undefined ? undefined : `${other.kind} ${other.name} is no claim`;
}
