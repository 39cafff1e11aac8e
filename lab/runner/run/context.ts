import type { ImageDigests, UpstreamsClient } from '../../upstreams/client.ts';
import type { Scenario, Variables } from '../file/index.ts';
import type { Kube, KubeObject, ObjectName } from '../world/index.ts';

/** What all scenarios of one run share. */
export type Lab = {
  readonly kube: Kube;
  readonly upstreams: UpstreamsClient;
  /** Admin kubeconfig of the lab. */
  readonly kubeconfig: string;
  /** How to start pullmend: program and first arguments. */
  readonly pullmend: readonly string[];
};

/** One thing that was looked at: what had to be, and what was seen. */
export type Check = { readonly check: string; readonly ok: boolean; readonly seen: string };

/** How one run of pullmend went, for the report. */
export type Transcript = {
  readonly command: string;
  readonly exit: string;
  readonly seconds: number;
  readonly stdout: string;
  readonly stderr: string;
};

/** One scenario while it runs. */
export type Context = {
  readonly lab: Lab;
  readonly scenario: Scenario;
  readonly ns: string;
  /** Home folder of the person who runs pullmend. */
  readonly home: string;
  readonly signal: AbortSignal;
  /** Tells a person who watches what happens or is waited for. */
  readonly say: (text: string) => void;
  readonly checks: Check[];
  readonly transcripts: Transcript[];
  readonly digests: Map<string, ImageDigests>;
  /** Folders of programs, by name. */
  readonly programs: Map<string, string>;
  /** Objects that the scenario made, by `Kind/name`, as they were when pullmend was started first. */
  readonly objects: Map<string, KubeObject>;
  /** Texts that pullmend must never print. */
  readonly secrets: string[];
  /** What must be taken away after the scenario besides its namespace; last one first. */
  readonly cleanup: (() => Promise<void>)[];
  /** The last JSON that pullmend printed. */
  report: unknown;
  /** Number of the last registry request before `when`. */
  requestsBefore: number;
};

/** The scenario cannot go on; its checks say why. */
export class Stop extends Error {
  override readonly name = 'Stop';
}

export function check(context: Context, what: string, ok: boolean, seen: string): boolean {
  context.checks.push({ check: what, ok, seen });
  if (!ok) context.say(`FAILED ${what}: ${seen}`);
  return ok;
}

/** A check without which the rest makes no sense. Throws Stop. */
export function must(context: Context, what: string, ok: boolean, seen: string): void {
  if (!check(context, what, ok, seen)) throw new Stop(what);
}

/** What `${…}` means in this scenario now. */
export function variablesOf({ scenario, ns, home, digests, programs, objects }: Context): Variables {
  return {
    plain: {
      name: scenario.name,
      ns,
      home,
      config: `${home}/.config/pullmend/config.yaml`,
      kubeconfig: `${home}/kubeconfig`,
    },
    digest: (id, platform) => {
      const made = digests.get(id);
      return platform === undefined ? made?.index : made?.perPlatform[platform];
    },
    program: (name) => programs.get(name),
    uid: (key) => objects.get(key)?.metadata.uid,
  };
}

/** API versions of kinds that pullmend, a controller or a kubectl command makes. */
const COMMON: Readonly<Record<string, string>> = {
  Pod: 'v1',
  Secret: 'v1',
  ConfigMap: 'v1',
  ServiceAccount: 'v1',
  PersistentVolumeClaim: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
};

type Located = { readonly of: ObjectName; readonly namespace: string };

/** Where to find an object that a scenario names. Throws Error for a kind that nobody has told the version of. */
export function locate(context: Context, key: string): Located {
  const [kind = '', name = ''] = key.split('/');
  const made = context.objects.get(key);
  const apiVersion = made?.apiVersion ?? COMMON[kind];
  if (apiVersion === undefined) throw new Error(`${key} is not among the manifests`);
  return { of: { apiVersion, kind, name }, namespace: made?.metadata.namespace ?? context.ns };
}

export async function read(context: Context, key: string): Promise<KubeObject | undefined> {
  const { of, namespace } = locate(context, key);
  return context.lab.kube.get(of, namespace);
}
