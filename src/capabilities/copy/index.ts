export { copyImages } from './copy.ts';
export { readImageList } from '../../core/knowledge/copy-lists/index.ts';
export { distinct, pairsOf, sourcesOf, taggedLike } from './pairs.ts';
export type {
  CopyEvent,
  CopyHint,
  CopyJournal,
  CopyOptions,
  CopyPair,
  CopyReport,
  CopyResult,
  CopyTotals,
} from './types.ts';
export { createCopier, type Copier } from './copier.ts';
export { openCopying, type CopierOptions, type Copying } from './copying.ts';
export { startCopies } from './copy-missing.ts';
