import { asObjects, dig, digText } from '../../../core/knowledge/pods/index.ts';
import type { NodeShell } from '../shell.ts';
import type { Runtime } from '../survey.ts';
import { withCtr } from './containerd.ts';
import { parsed, told } from './inventory.ts';

/** A container of a node, whoever made it; the sandboxes of pods aside. */
export type NodeContainer = {
  readonly id: string;
  /** Of containerd: `k8s.io` is the kubelet's, `moby` docker's, `default` that of ctr and nerdctl. */
  readonly namespace?: string;
  /** As the runtime has it: a name, or the ID of an image. */
  readonly image: string;
  readonly state: 'running' | 'created' | 'paused' | 'exited' | 'unknown';
};

/** A node of a thousand containers prints some 100 kB. */
const maxOutputBytes = 16 * 1024 * 1024;

/** All containers of a node, those that ended too. Errors: NodeAccessError. */
export async function containersOfRuntime(
  shell: NodeShell,
  runtime: Runtime,
): Promise<readonly NodeContainer[]> {
  if (runtime.name === 'containerd') {
    const { stdout, stderr, exit } = await withCtr(
      shell,
      runtime,
      `
for namespace in $(ctr namespaces ls -q); do
  ctr containers ls -q 'labels."io.cri-containerd.kind"==sandbox' | sed "s|^|sandbox $namespace |"
  ctr containers ls | sed "1d; s|^|container $namespace |"
  ctr tasks ls | sed "1d; s|^|task $namespace |"
done
`,
      { maxOutputBytes },
    );
    return containerdContainers(told(stdout, stderr, exit));
  }
  const program =
    runtime.name === 'crio'
      ? 'crictl --runtime-endpoint unix:///var/run/crio/crio.sock ps -a -o json'
      : `docker ps -a --no-trunc --format '{{json .}}'`;
  const { stdout, stderr, exit } = await shell.run(`chroot /proc/${runtime.pid}/root ${program}`, {
    maxOutputBytes,
  });
  const text = told(stdout, stderr, exit);
  return runtime.name === 'crio' ? criContainers(text) : dockerContainers(text);
}

/** `ctr containers ls`: CONTAINER, IMAGE, RUNTIME; `ctr tasks ls`: TASK, PID, STATUS; what has no task has ended. */
export function containerdContainers(text: string): readonly NodeContainer[] {
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  const of = (kind: string) => rows.filter(([first, , id]) => first === kind && id !== undefined);
  const keyOf = ([, namespace = '', id = '']: readonly string[]): string => `${namespace} ${id}`;
  const sandboxes = new Set(of('sandbox').map(keyOf));
  const states = new Map(of('task').map((row) => [keyOf(row), stateOf(row[4])]));
  return of('container')
    .filter((row) => !sandboxes.has(keyOf(row)))
    .map((row) => {
      const [, namespace = '', id = '', image = ''] = row;
      return { id, namespace, image: image === '-' ? '' : image, state: states.get(keyOf(row)) ?? 'exited' };
    });
}

/** `crictl ps -a -o json`: ListContainersResponse of the CRI. */
export function criContainers(text: string): readonly NodeContainer[] {
  return asObjects(dig(parsed(text), 'containers')).map((one) => ({
    id: digText(one, 'id') ?? '',
    image: digText(one, 'image', 'image') ?? digText(one, 'imageRef') ?? '',
    state: stateOf(digText(one, 'state')?.replace('CONTAINER_', '')),
  }));
}

/** `docker ps -a --format '{{json .}}'`: a line for each; pods' sandboxes are called `k8s_POD_…`. */
export function dockerContainers(text: string): readonly NodeContainer[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed)
    .filter((row) => !(digText(row, 'Names') ?? '').startsWith('k8s_POD_'))
    .map((row) => ({
      id: digText(row, 'ID') ?? '',
      image: digText(row, 'Image') ?? '',
      state: stateOf(digText(row, 'State')),
    }));
}

function stateOf(word = ''): NodeContainer['state'] {
  switch (word.toLowerCase()) {
    case 'running':
      return 'running';
    case 'created':
      return 'created';
    case 'paused':
    case 'pausing':
      return 'paused';
    case 'stopped':
    case 'exited':
    case 'dead':
      return 'exited';
    default:
      return 'unknown';
  }
}
