import type { ImageDigests, UpstreamsClient } from '../../upstreams/client.ts';
import type { Scenario, Variables } from '../file/index.ts';
import type { AdmissionServer, ApiProxy } from '../staging/index.ts';
import { keyOf, type Kube, type KubeObject, type ObjectName } from '../world/index.ts';

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
  /** Values that actions have kept, by name. */
  readonly captured: Map<string, string>;
  /** Faults of the upstreams that have an id in the scenario. */
  readonly faults: Map<string, string>;
  readonly webhooks: Map<string, AdmissionServer>;
  /** Loops that go on, by name; aborting ends one. */
  readonly loops: Map<string, AbortController>;
  /** Objects that the scenario made, by the key that names them in the file, as they were when pullmend was started first. */
  readonly objects: Map<string, KubeObject>;
  /** Texts that pullmend must never print. */
  readonly secrets: string[];
  /** What must be taken away after the scenario besides its namespace; last one first. */
  readonly cleanup: (() => Promise<void>)[];
  /** Between pullmend and the API server, where the scenario wants one. */
  api: { readonly proxy: ApiProxy; readonly ca: string } | undefined;
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

/** What `${…}` means in this scenario now. */
export function variablesOf(context: Context): Variables {
  const { scenario, ns, home, digests, programs, captured } = context;
  return {
    plain: {
      ...Object.fromEntries(captured),
      ...scenario.values,
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
    uid: (key) => made(context, key)?.metadata.uid,
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
  CronJob: 'batch/v1',
  Service: 'v1',
  Namespace: 'v1',
  Node: 'v1',
  Event: 'v1',
  PodDisruptionBudget: 'policy/v1',
  ControllerRevision: 'apps/v1',
};

/** The name of an object in the file: with its namespace where that is not the scenario's own. */
export function keyIn({ ns }: Pick<Context, 'ns'>, object: KubeObject): string {
  const { namespace = ns } = object.metadata;
  return namespace === ns ? keyOf(object) : `${namespace}/${keyOf(object)}`;
}

/** An object that the scenario made; of one elsewhere the namespace may be left out. */
export function made({ ns, objects }: Context, key: string): KubeObject | undefined {
  const short = key.startsWith(`${ns}/`) ? key.slice(ns.length + 1) : key;
  return objects.get(short) ?? [...objects.values()].find((object) => keyOf(object) === short);
}

type Located = { readonly of: ObjectName; readonly namespace: string };

/** Where to find an object that a scenario names. Throws Error for a kind that nobody has told the version of. */
export function locate(context: Context, key: string): Located {
  const [name = '', kind = '', namespace = context.ns] = key.split('/').toReversed();
  const known = made(context, key);
  const apiVersion = known?.apiVersion ?? COMMON[kind];
  if (apiVersion === undefined) throw new Error(`${key} is not among the manifests`);
  return { of: { apiVersion, kind, name }, namespace: known?.metadata.namespace ?? namespace };
}

export async function read(context: Context, key: string): Promise<KubeObject | undefined> {
  const { of, namespace } = locate(context, key);
  return context.lab.kube.get(of, namespace);
}
