export { diffBundles, type BundleDiff, type Inventory } from './diff.ts';
export { readHave, type Have } from './have.ts';
