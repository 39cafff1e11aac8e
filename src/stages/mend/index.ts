import type { Bundler } from './bundler.ts';
import type { Copier, CopierOptions } from './copier.ts';
import type { MenderOptions } from './outside.ts';
import type { Mender } from './types.ts';

// Each way in is loaded when it is taken: whoever copies images needs neither a cluster nor a chart.

export async function createMender(options: MenderOptions): Promise<Mender> {
  return await (await import('./mender.ts')).createMender(options);
}

export async function createCopier(options: CopierOptions): Promise<Copier> {
  return await (await import('./copier.ts')).createCopier(options);
}

export async function createBundler(options: CopierOptions): Promise<Bundler> {
  return await (await import('./bundler.ts')).createBundler(options);
}

export type { MenderOptions } from './outside.ts';
export type * from './types.ts';
export type { Copier, CopierOptions } from './copier.ts';
export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from './copier.ts';
export type { Bundler, BundleOptions, HaveFile } from './bundler.ts';
export type { Bundle, BundleDiff, BundleFault } from './bundler.ts';
export { answerRequest, servedImages, type Answer } from './answer.ts';
export type { RequestOptions, RequestResult } from './request.ts';
