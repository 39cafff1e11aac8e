import { hostname } from 'node:os';
import { readWrittenFile, writeFileAtomic } from '../../adapters/files/index.ts';
import type { Kube, ObjectApi } from '../../adapters/kube/index.ts';
import { dockerConfigJson, helmFor, onNode, withImage, type World } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import type { OnEvent, RecordStore } from '../../core/model/index.ts';
import type { PodNews } from '../../stages/verify/index.ts';
import type { StepTools } from '../../steps/index.ts';
import { startCopies } from '../copy/index.ts';

/** What runs are carried out, proved and taken back with. */
export type RepairTools = StepTools & {
  readonly records: RecordStore;
  readonly whose: () => Promise<{ readonly user: string; readonly host: string }>;
  readonly now: () => string;
  readonly onEvent: OnEvent;
  readonly podNews?: PodNews;
};

/** @param namespaces those of the cluster that the run is about; none for a run on files. */
export async function toolsFor(namespaces: readonly string[], world: World): Promise<RepairTools> {
  const { options, outside, registries } = world;
  const kube = namespaces.length > 0 ? await outside.kube() : undefined;
  return {
    api: kube ?? noCluster,
    files: { read: readWrittenFile, write: writeFileAtomic },
    records: kube === undefined ? await outside.fileRecords() : await outside.clusterRecords(namespaces),
    whose: async () => (await kube?.whoAmI()) ?? { user: options.env['USER'] ?? '', host: hostname() },
    dockerConfigJson: async (step) =>
      await dockerConfigJson(step, { env: options.env, home: options.home, kube: outside.kube }),
    list: async (kind, where) => (await kube?.list(kind, where)) ?? [],
    readImage: registries.readImage,
    withImage: async (source, work) => await withImage(source, world, work),
    ...(kube === undefined ? {} : { podNews: podNewsOf(kube) }),
    copyImage: async (step) => {
      await startCopies([step], { dryRun: false }, world)(step);
    },
    onNode: async (node, work) => await onNode(node, world, work),
    helm: async () => await helmFor(world),
    now: () => (options.now?.() ?? new Date()).toISOString(),
    onEvent: options.onEvent,
    signal: options.signal,
  };
}

/** What happens to pods after they have been listed once; of each only who it is. */
function podNewsOf(kube: Kube): PodNews {
  return async function* podNews(namespace, signal) {
    let isListed = false;
    for await (const change of kube.watch('Pod', { namespace, metadataOnly: true, signal })) {
      if (change.type === 'synced') isListed = true;
      else if (isListed) yield digText(change.object, 'metadata', 'name') ?? '';
    }
  };
}

/** A plan without a cluster whose steps want one was written by hand. */
function refuse(): Promise<never> {
  return Promise.reject(new PullmendError('PM_PLAN_INVALID', { problem: 'a step needs a cluster' }));
}

const noCluster: ObjectApi = { get: refuse, create: refuse, patch: refuse, delete: refuse };
