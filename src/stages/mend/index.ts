export { createMender } from './mender.ts';
export type { MenderOptions } from './outside.ts';
export type * from './types.ts';
export { createCopier, type Copier, type CopierOptions } from './copier.ts';
export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from './copier.ts';
export { createBundler, type Bundler, type BundleOptions, type HaveFile } from './bundler.ts';
export type { Bundle, BundleDiff, BundleFault } from './bundler.ts';
export { answerRequest, servedImages, type Answer } from './answer.ts';
export type { RequestOptions, RequestResult } from './request.ts';
