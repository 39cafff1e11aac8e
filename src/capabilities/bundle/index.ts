export { diffBundles, type BundleDiff, type Inventory } from './diff.ts';
export { readHave, type Have } from './have.ts';
export {
  createBundler,
  type Bundle,
  type BundleFault,
  type Bundler,
  type BundleOptions,
  type HaveFile,
} from './bundler.ts';
