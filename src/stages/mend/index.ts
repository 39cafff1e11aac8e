import type { Bundler } from './copies/bundler.ts';
import type { Copier, CopierOptions } from './copies/copier.ts';
import type { Answer, AnswerOptions } from './copies/answer.ts';
import type { MenderOptions } from './outside.ts';
import type { Mender } from './mender-type.ts';

// Each way in is loaded when it is taken: whoever copies images needs neither a cluster nor a chart.

export async function createMender(options: MenderOptions): Promise<Mender> {
  return await (await import('./mender.ts')).createMender(options);
}

export async function createCopier(options: CopierOptions): Promise<Copier> {
  return await (await import('./copies/copier.ts')).createCopier(options);
}

export async function createBundler(options: CopierOptions): Promise<Bundler> {
  return await (await import('./copies/bundler.ts')).createBundler(options);
}

export async function answerRequest(
  event: string,
  options: AnswerOptions,
  world: CopierOptions,
): Promise<Answer> {
  return await (await import('./copies/answer.ts')).answerRequest(event, options, world);
}

export async function servedImages(world: CopierOptions): Promise<readonly string[]> {
  return await (await import('./copies/answer.ts')).servedImages(world);
}

export type { MenderOptions } from './outside.ts';
export type * from './types.ts';
export type { Mender } from './mender-type.ts';
export type { CheckedMirror } from './mirrors/check-mirrors.ts';
export type { Discovery, DiscoverOptions } from './mirrors/discover.ts';
export type { ImageSource } from './files/list-images.ts';
export type { PreflightItem, PreflightReport } from '../preflight/index.ts';
export type { PreflightOptions, PreflightSource } from './files/preflight.ts';
export type { ChartRewrite, ChartRewriteOptions } from './files/rewrite-chart.ts';
export type { RewriteOptions, RewriteResult } from './files/rewrite.ts';
export type { HarborSetupPlan, SetupOptions, SetupResult } from './mirrors/set-up-harbors.ts';
export type { SnapshotOptions } from './cluster/snapshot.ts';
export type { Copier, CopierOptions } from './copies/copier.ts';
export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from './copies/copier.ts';
export type { Bundler, BundleOptions, HaveFile } from './copies/bundler.ts';
export type { Bundle, BundleDiff, BundleFault } from './copies/bundler.ts';
export type { Answer } from './copies/answer.ts';
export type { RequestOptions, RequestResult } from './copies/request.ts';
