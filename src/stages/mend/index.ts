import type { Bundler } from './bundler.ts';
import type { Copier, CopierOptions } from './copier.ts';
import type { Answer, AnswerOptions } from './answer.ts';
import type { MenderOptions } from './outside.ts';
import type { Mender } from './mender-type.ts';

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

export async function answerRequest(
  event: string,
  options: AnswerOptions,
  world: CopierOptions,
): Promise<Answer> {
  return await (await import('./answer.ts')).answerRequest(event, options, world);
}

export async function servedImages(world: CopierOptions): Promise<readonly string[]> {
  return await (await import('./answer.ts')).servedImages(world);
}

export type { MenderOptions } from './outside.ts';
export type * from './types.ts';
export type { Mender } from './mender-type.ts';
export type { CheckedMirror } from './check-mirrors.ts';
export type { Discovery, DiscoverOptions } from './discover.ts';
export type { ImageSource } from './list-images.ts';
export type { PreflightItem, PreflightReport } from '../preflight/index.ts';
export type { PreflightOptions, PreflightSource } from './preflight.ts';
export type { ChartRewrite, ChartRewriteOptions } from './rewrite-chart.ts';
export type { RewriteOptions, RewriteResult } from './rewrite.ts';
export type { HarborSetupPlan, SetupOptions, SetupResult } from './set-up-harbors.ts';
export type { SnapshotOptions } from './snapshot.ts';
export type { Copier, CopierOptions } from './copier.ts';
export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from './copier.ts';
export type { Bundler, BundleOptions, HaveFile } from './bundler.ts';
export type { Bundle, BundleDiff, BundleFault } from './bundler.ts';
export type { Answer } from './answer.ts';
export type { RequestOptions, RequestResult } from './request.ts';
