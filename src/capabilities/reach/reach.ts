import { firstOf } from '../../adapters/oci/index.ts';
import type { ClusterTarget, Prediction, PullProblem, ReachReport, Target } from '../../core/model/index.ts';
import { predict } from './predict.ts';
import { probeProblems } from './probe-problems.ts';
import { runningImages } from '../../stages/source/index.ts';
import { accessOf, guardOf, keychainFor, openClient, type World } from '../../access/index.ts';

/** The step at which each pull breaks; only from here when no cluster is looked at. */
export async function probe(
  problems: readonly PullProblem[],
  target: Target,
  world: World,
): Promise<ReachReport> {
  const { options, outside } = world;
  const client = openClient(options, outside);
  try {
    return await probeProblems(problems, {
      ...(target.type === 'cluster' ? { kube: await outside.kube() } : {}),
      here: async (reference, blob) => await client.reach(reference, { blob, signal: options.signal }),
      guard: guardOf(world),
      access: accessOf(world),
      onProgress: (done, total, image) => options.onEvent({ type: 'probing', done, total, image }),
      signal: options.signal,
    });
  } finally {
    await client.close();
  }
}

/** Images of running pods that their registries no longer give. */
export async function foresee(target: ClusterTarget, world: World): Promise<Prediction> {
  const { options, outside } = world;
  const kube = await outside.kube();
  const { allNamespaces, selector, namespace = kube.namespace } = target;
  const running = await runningImages(kube, {
    ...(allNamespaces ? {} : { namespace }),
    ...(selector === undefined ? {} : { selector }),
    names: target.names,
    signal: options.signal,
  });
  const client = openClient(options, outside);
  const sources = { ...options, kube: outside.kube };
  try {
    return await predict(running, {
      ask: async (reference, { pullSecrets: { namespace: from, names } }) => {
        const secrets = names.map((name) => keychainFor({ from: 'secret', namespace: from, name }, sources));
        const own = keychainFor({ from: 'docker-config' }, sources);
        return await client.reach(reference, {
          credentials: firstOf(...secrets, own),
          signal: options.signal,
        });
      },
      guard: guardOf(world),
      onProgress: (done, total, image) => options.onEvent({ type: 'probing', done, total, image }),
    });
  } finally {
    await client.close();
  }
}
