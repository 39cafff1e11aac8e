import type {
  ApplyOptions,
  ApplyResult,
  ClusterTarget,
  DiagnoseResult,
  FixResult,
  ImageListing,
  MirrorSet,
  OwnershipReport,
  PlanOptions,
  PlanResult,
  Prediction,
  PullProblem,
  ReachReport,
  RepairPlan,
  RepairRecord,
  RunScope,
  Snapshot,
  Supply,
  Target,
  UndoResult,
} from '../core/model/index.ts';
import type { PreflightOptions, PreflightReport, PreflightSource } from '../capabilities/preflight/index.ts';
import type { PreventOptions, PreventResult, RemovalResult } from '../capabilities/prevent/index.ts';
import type { OwnerOptions } from '../capabilities/owner/index.ts';
import type { CheckedMirror } from '../capabilities/mirrors/index.ts';
import type { Discovery, DiscoverOptions } from '../capabilities/discover/index.ts';
import type { ImageSource } from '../capabilities/images/index.ts';
import type { RequestOptions, RequestResult } from '../capabilities/requests/index.ts';
import type { ChartRewrite, ChartRewriteOptions } from '../capabilities/chart/index.ts';
import type { KustomizeOptions } from '../capabilities/kustomize/index.ts';
import type { RewriteOptions, RewriteResult } from '../capabilities/rewrite/index.ts';
import type { SourceChanges } from '../capabilities/gitops/index.ts';
import type { SetupOptions, SetupResult } from '../capabilities/harbor/index.ts';
import type { Restored } from '../capabilities/repair/index.ts';
import type { NodeConfigs, OfNode } from '../capabilities/node-config/index.ts';
import type {
  NameRemoval,
  NodeContainers,
  NodeInventory,
  RemoveOptions,
} from '../capabilities/node-images/index.ts';
import type { NodeLoadPlan } from '../capabilities/node-load/index.ts';
import type { SnapshotOptions } from '../capabilities/snapshot/index.ts';

/** The whole way through. Made once a command; every method may throw PullmendError. */
export type Mender = {
  diagnose(target: Target): Promise<DiagnoseResult>;
  /** What diagnosis needs, without secrets; changes nothing. */
  snapshot(target: ClusterTarget, options: SnapshotOptions): Promise<Snapshot>;
  /** The step at which each pull breaks, from the nodes that fail and from here. Nothing of it counts as a pull. */
  probe(problems: readonly PullProblem[], target: Target): Promise<ReachReport>;
  /** Running images that will fail when their pods move, because their registries no longer give them. */
  predict(target: ClusterTarget): Promise<Prediction>;
  /** Who owns an object (`deploy/web`), whether an edit of it stays, and where a person edits; reads only. */
  owner(name: string, options: OwnerOptions): Promise<OwnershipReport>;
  plan(target: Target, options: PlanOptions): Promise<PlanResult>;
  /** `dryRun`: sends every write with the server's dry-run, changes nothing. */
  apply(
    plan: RepairPlan,
    options: ApplyOptions & { readonly dryRun: boolean; readonly allowUnverified: boolean },
  ): Promise<ApplyResult>;
  fix(target: Target, options: PlanOptions & ApplyOptions & { readonly dryRun: boolean }): Promise<FixResult>;
  /** Without a name: the newest run of the scope. `confirm` is asked with the record before anything changes. */
  undo(
    run: string | undefined,
    options: RunScope & {
      readonly dryRun: boolean;
      readonly confirm: (record: RepairRecord) => Promise<boolean>;
    },
  ): Promise<UndoResult>;
  /** Runs of the scope, newest first; of a run on several namespaces only the part in the scope. */
  runs(scope: RunScope): Promise<readonly RepairRecord[]>;
  /** Patches by which the sources of Argo CD and Flux name the copies of a plan; the checkouts stay as they are. */
  sourceChanges(plan: RepairPlan, folders: readonly string[]): Promise<SourceChanges>;
  find(image: string, platforms: readonly string[]): Promise<Supply>;
  /** Asks a service for a copy of an image, and looks until it is there where that is wanted. */
  request(image: string, options: RequestOptions): Promise<RequestResult>;
  /** Every image that a source brings into pods; changes nothing, asks no registry. */
  images(source: ImageSource): Promise<ImageListing>;
  /** Names the images of manifests anew: planned, written in place and recorded, or written to a folder. */
  rewrite(paths: readonly string[], options: RewriteOptions): Promise<RewriteResult>;
  /** Names the images of what a kustomization makes anew: entries of `images:`, patches; proved by building it again. */
  rewriteKustomize(folder: string, options: KustomizeOptions): Promise<RewriteResult>;
  /** The smallest values that move the images of a chart; writes nothing but a patched copy where one is asked for. */
  rewriteChart(options: ChartRewriteOptions): Promise<ChartRewrite>;
  /** Manifests with the names of the mirrors, for `helm --post-renderer`. */
  postRender(text: string): Promise<string>;
  /** Whether each image can be had, from where, and what fills the gaps; changes nothing. */
  preflight(source: PreflightSource, options: PreflightOptions): Promise<PreflightReport>;
  /** Mirrors that a cluster seems to use already; none is used before it is configured. */
  discover(options: DiscoverOptions): Promise<Discovery>;
  checkMirrors(names: readonly string[]): Promise<readonly CheckedMirror[]>;
  /** Makes on Harbors what the mirrors of these names need there, all for none; deletes nothing. */
  setUpMirrors(names: readonly string[], options: SetupOptions): Promise<SetupResult>;
  readonly nodeConfig: NodeConfigs & {
    /** Puts back what runs wrote on these nodes, on all where none is named. */
    restore(
      names: readonly string[],
      options: {
        readonly dryRun: boolean;
        readonly confirm: (records: readonly RepairRecord[]) => Promise<boolean>;
      },
    ): Promise<readonly Restored[]>;
  };
  /** What nodes have, all where none is named, and what their pods name that they lack. */
  nodeImages(names: readonly string[]): Promise<readonly OfNode<NodeInventory>[]>;
  /** What runs on nodes, all where none is named, and what ended there. */
  nodeContainers(names: readonly string[]): Promise<readonly OfNode<NodeContainers>[]>;
  /** Takes a name off nodes that some run gave and nothing uses; no node named: off all. */
  removeNodeName(
    name: string,
    nodes: readonly string[],
    options: RemoveOptions,
  ): Promise<readonly OfNode<NameRemoval>[]>;
  /** A plan by which nodes pull an image, and name it anew where a name is given; no node named: all. */
  planNodeNames(
    names: { readonly source: string; readonly name?: string },
    nodes: readonly string[],
  ): Promise<RepairPlan>;
  /** A plan that gives an image to nodes, of what this machine can read; no node named: to all. */
  planNodeLoad(source: string, nodes: readonly string[]): Promise<NodeLoadPlan>;
  readonly mirrors: MirrorSet;
  /** Closes connections, so that the process can end. */
  /** Gives the cluster a policy by which new pods get the mirrors' names. */
  prevent(options: PreventOptions): Promise<PreventResult>;
  /** Takes that policy away. */
  endPrevention(options: {
    readonly dryRun: boolean;
    readonly confirm: () => Promise<boolean>;
  }): Promise<RemovalResult>;
  close(): Promise<void>;
};
