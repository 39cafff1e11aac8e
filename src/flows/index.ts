import type { Bundler } from '../capabilities/bundle/index.ts';
import type { Copier, CopierOptions } from '../capabilities/copy/index.ts';
import type { Answer, AnswerOptions } from '../capabilities/requests/index.ts';
import type { MenderOptions } from '../access/index.ts';
import type { KnownOperator } from '../capabilities/owner/index.ts';
import type { RbacOptions } from '../capabilities/rbac/index.ts';
import type { JsonObject } from '../core/model/index.ts';
import type { Mender } from './mender-type.ts';

// Each way in is loaded when it is taken: whoever copies images needs neither a cluster nor a chart.

export async function createMender(options: MenderOptions): Promise<Mender> {
  return await (await import('./mender.ts')).createMender(options);
}

export async function createCopier(options: CopierOptions): Promise<Copier> {
  return await (await import('../capabilities/copy/index.ts')).createCopier(options);
}

export async function createBundler(options: CopierOptions): Promise<Bundler> {
  return await (await import('../capabilities/bundle/index.ts')).createBundler(options);
}

export async function answerRequest(
  event: string,
  options: AnswerOptions,
  world: CopierOptions,
): Promise<Answer> {
  return await (await import('../capabilities/requests/index.ts')).answerRequest(event, options, world);
}

export async function servedImages(world: CopierOptions): Promise<readonly string[]> {
  return await (await import('../capabilities/requests/index.ts')).servedImages(world);
}

export async function knownOperators(
  world: Pick<MenderOptions, 'env' | 'home'>,
): Promise<readonly KnownOperator[]> {
  return await (await import('../capabilities/owner/index.ts')).knownOperators(world);
}

export async function checkOperatorFile(file: string): Promise<KnownOperator['operator']> {
  return await (await import('../capabilities/owner/index.ts')).checkOperatorFile(file);
}

export async function rbacFor(options: RbacOptions): Promise<readonly JsonObject[]> {
  return (await import('../capabilities/rbac/index.ts')).rbacFor(options);
}

export type { KnownOperator } from '../capabilities/owner/index.ts';
export type { MenderOptions } from '../access/index.ts';
export type * from '../core/model/index.ts';
export type { Mender } from './mender-type.ts';
export type { CheckedMirror } from '../capabilities/mirrors/index.ts';
export type { Discovery, DiscoverOptions } from '../capabilities/discover/index.ts';
export type { ImageSource } from '../capabilities/images/index.ts';
export type { PreflightItem, PreflightReport } from '../capabilities/preflight/index.ts';
export type { PreflightOptions, PreflightSource } from '../capabilities/preflight/index.ts';
export type { Prevention, PreventResult, RemovalResult } from '../capabilities/prevent/index.ts';
export type { ChartRewrite, ChartRewriteOptions } from '../capabilities/chart/index.ts';
export type { RewriteOptions, RewriteResult } from '../capabilities/rewrite/index.ts';
export type { SourceChange, SourceChanges } from '../capabilities/gitops/index.ts';
export type { HarborSetupPlan, SetupOptions, SetupResult } from '../capabilities/harbor/index.ts';
export type {
  Canary,
  NodeCheck,
  NodeConfigPlan,
  NodeConfigView,
  OfNode,
} from '../capabilities/node-config/index.ts';
export type { NameRemoval, NodeContainers, NodeInventory } from '../capabilities/node-images/index.ts';
export type { NodeLoadPlan } from '../capabilities/node-load/index.ts';
export type { Restored } from '../capabilities/repair/index.ts';
export type { SnapshotOptions } from '../capabilities/snapshot/index.ts';
export type { Copier, CopierOptions } from '../capabilities/copy/index.ts';
export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from '../capabilities/copy/index.ts';
export type { Bundler, BundleOptions, HaveFile } from '../capabilities/bundle/index.ts';
export type { Bundle, BundleDiff, BundleFault } from '../capabilities/bundle/index.ts';
export type { Answer } from '../capabilities/requests/index.ts';
export type { RequestOptions, RequestResult } from '../capabilities/requests/index.ts';
