export { copyImages } from './copy.ts';
export { readImageList } from './lists/index.ts';
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
