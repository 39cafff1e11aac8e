import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadMirrorSet } from '../adapters/config/index.ts';
import type { Kube } from '../adapters/kube/index.ts';
import type { HostSettings } from '../adapters/oci/index.ts';
import { enteredNodes, type EnteredNodes } from './entered.ts';
import { isError, PullmendError, reasonOf } from '../core/base/index.ts';
import type {
  JsonObject,
  MirrorSet,
  OnEvent,
  RecordStore,
  RepairPlan,
  UnreadableRecord,
} from '../core/model/index.ts';
import { parseKnownDigests, type KnownDigests } from '../core/knowledge/copy-lists/index.ts';

export type MenderOptions = {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Another user, and groups of his, to act as. */
  readonly as?: string | undefined;
  readonly asGroups?: readonly string[] | undefined;
  /** How nodes are entered; absent: by the first way that leads there. */
  readonly nodeWay?: 'local' | 'pod' | 'ssh' | undefined;
  /** For SSH; absent: as the machine's configuration of ssh says. */
  readonly sshUser?: string | undefined;
  /** For one request to the API server. */
  readonly requestTimeoutSeconds?: number | undefined;
  /** Path of the MirrorSet, from `--config`. */
  readonly config?: string | undefined;
  /** In place of those of the configuration: to try them before they are written. */
  readonly mirrors?: MirrorSet | undefined;
  /** File with digests that images are known to have. */
  readonly knownDigests?: string | undefined;
  /** Follow links that lead out of a folder of manifests. */
  readonly followLinks?: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal;
  readonly now?: () => Date;
  /** What the path `-` stands for. */
  readonly readStdin?: () => Promise<string>;
  /** Where some registries are reached instead of under their names; the demo dials its own process. */
  readonly hosts?: Readonly<Record<string, HostSettings>>;
};

/** The outside world of one command: connected to when it is first needed. */
export type Outside = {
  readonly mirrors: MirrorSet;
  /** What the user says that images are; read when it is first asked for. Throws PM_FILE_UNREADABLE. */
  readonly knownDigests: () => Promise<KnownDigests>;
  readonly kube: () => Promise<Kube>;
  /** Records of runs on the cluster; only `namespaces` are looked at when the user may not look at all. */
  readonly clusterRecords: (namespaces: readonly string[]) => Promise<RecordStore>;
  /** The parts of records that lie in one namespace. */
  readonly recordsIn: (namespace: string) => Promise<RecordStore>;
  readonly fileRecords: () => Promise<RecordStore>;
  /** Runs that change files of this machine take turns. Throws PM_PLACE_IN_USE, PM_FILE_UNWRITABLE. */
  readonly fileTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Nodes that were left a moment ago. */
  readonly entered: EnteredNodes;
  readonly close: () => Promise<void>;
};

/** A run over thousands of files asks registries for minutes. */
const turnMs = 600_000;

/** The client of clusters is loaded when one is asked for. */
const adapter = async () => await import('../adapters/kube/index.ts');

export async function openOutside(
  options: Omit<MenderOptions, 'onEvent'>,
  onEvent: OnEvent = () => {},
): Promise<Outside> {
  const { env, home } = options;
  const mirrors = options.mirrors ?? (await loadMirrorSet({ path: options.config, env, home }));
  let connection: Promise<Kube> | undefined;
  const kube = async (): Promise<Kube> => {
    connection ??= adapter().then(({ connectKube }) =>
      connectKube({
        env,
        signal: options.signal,
        ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
        ...(options.context === undefined ? {} : { context: options.context }),
        ...(options.as === undefined ? {} : { as: options.as }),
        ...(options.asGroups === undefined ? {} : { asGroups: options.asGroups }),
        ...(options.requestTimeoutSeconds === undefined
          ? {}
          : { requestTimeoutSeconds: options.requestTimeoutSeconds }),
      }),
    );
    return await connection;
  };
  const told = new Set<string>();
  /** Records are read several times in a run. */
  const tellOnce = (record: UnreadableRecord): void => {
    const { where, key = '' } = record;
    if (told.has(`${where} ${key}`)) return;
    told.add(`${where} ${key}`);
    onEvent({ type: 'notice', notice: { what: 'unreadable-record', record } });
  };
  const entered = enteredNodes();
  let known: Promise<KnownDigests> | undefined;
  const readKnown = async (): Promise<KnownDigests> => {
    const { knownDigests: file } = options;
    if (file === undefined) return {};
    const { readTextFile } = await import('../adapters/files/index.ts');
    return parseKnownDigests((await readTextFile(file, { pipe: true })).text, file);
  };
  const stateHome = env['XDG_STATE_HOME'] || join(home || homedir(), '.local', 'state');
  return {
    mirrors,
    knownDigests: async () => await (known ??= readKnown()),
    kube,
    async clusterRecords(namespaces) {
      const [api, { kubeRecordStore }] = await Promise.all([kube(), adapter()]);
      return kubeRecordStore(
        api,
        async (labelSelector) => await recordMaps(api, labelSelector, namespaces),
        tellOnce,
      );
    },
    async recordsIn(namespace) {
      const [api, { kubeRecordStore }] = await Promise.all([kube(), adapter()]);
      return kubeRecordStore(
        api,
        async (labelSelector) => await api.list('ConfigMap', { labelSelector, namespace }),
        tellOnce,
      );
    },
    async fileRecords() {
      const { fileRecordStore } = await import('../adapters/files/index.ts');
      return fileRecordStore(join(stateHome, 'pullmend', 'runs'), tellOnce);
    },
    async fileTurn(work) {
      const { makeFolder, withLock } = await import('../adapters/files/index.ts');
      const folder = join(stateHome, 'pullmend');
      await makeFolder(folder, { mode: 0o700 }).catch((cause: unknown) => {
        throw new PullmendError('PM_FILE_UNWRITABLE', { file: folder, reason: reasonOf(cause) }, { cause });
      });
      return await withLock(join(folder, 'files.lock'), work, turnMs, options.signal);
    },
    entered,
    async close() {
      await entered.close();
      // A connection that never came about has been told already.
      const open = await connection?.catch(() => undefined);
      await open?.close();
    },
  };
}

/** Namespaces that a plan writes to, and where its record lies. */
export function namespacesOf(plan: RepairPlan): readonly string[] {
  return [...new Set(plan.spec.steps.map((step) => step.object.namespace ?? 'default'))];
}

async function recordMaps(
  kube: Kube,
  labelSelector: string,
  namespaces: readonly string[],
): Promise<readonly JsonObject[]> {
  try {
    return await kube.list('ConfigMap', { labelSelector });
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
    const lists = namespaces.map((namespace) => kube.list('ConfigMap', { labelSelector, namespace }));
    return (await Promise.all(lists)).flat();
  }
}
