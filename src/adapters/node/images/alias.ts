import type { NodeAlias } from '../../../core/model/index.ts';
import { quoted } from '../quoted.ts';
import { NodeAccessError, type NodeShell } from '../shell.ts';
import type { Runtime } from '../survey.ts';
import { withCtr } from './containerd.ts';
import { namedImages, type NamedImage } from './list.ts';

/** Names that a run made on a node carry this label, with the run's name; it is what undo goes by. */
export const runLabel = 'pullmend.dev/run';

/** A large image over a slow line. */
const pullSeconds = 30 * 60;

/** Why a node cannot be given a name. */
export type AliasProblem =
  /** The name is there and leads to something else. */
  | { readonly why: 'taken'; readonly name: string; readonly digest: string }
  /** What was pulled is not what was planned. */
  | { readonly why: 'differs'; readonly name: string; readonly digest: string }
  | { readonly why: 'pull'; readonly name: string; readonly said: string };

/**
 * Lets the node pull the copy and gives it the names, each where nothing has it. What is as it should be is left as it
 * is, so a second time changes nothing. On a problem nothing that it named stays. Errors: NodeAccessError.
 */
export async function nameOnNode(
  shell: NodeShell,
  runtime: Runtime,
  alias: NodeAlias,
  run: string,
): Promise<AliasProblem | undefined> {
  const { source, names, digest } = alias;
  const before = await namedImages(shell, runtime, [source, ...names]);
  const had = (name: string): NamedImage | undefined => before.find((one) => one.name === name);
  const wanted = digest ?? had(source)?.digest;
  const taken = names.map(had).find((one) => one !== undefined && one.digest !== wanted);
  if (taken !== undefined) return { why: 'taken', name: taken.name, digest: taken.digest };
  const open = names.filter((name) => had(name) === undefined);
  if (open.length === 0) return undefined;
  const mark = quoted(`${runLabel}=${run}`);
  if (had(source) === undefined) {
    const problem = await pull(shell, runtime, source, mark);
    if (problem !== undefined) return problem;
  }
  const [copy] = await namedImages(shell, runtime, [source]);
  if (copy === undefined) return { why: 'pull', name: source, said: 'it is not there after it was pulled' };
  if (digest !== undefined && copy.digest !== digest) {
    await unnameOnNode(shell, runtime, [source], run);
    return { why: 'differs', name: source, digest: copy.digest };
  }
  // Without --force: what somebody else names in this moment is not overwritten by containerd before 2.0.
  const tags = open
    .filter((name) => name !== source)
    .map(
      (name) =>
        `ctr images tag ${quoted(source)} ${quoted(name)} >/dev/null && ctr images label ${quoted(name)} ${mark} >/dev/null || exit 1`,
    );
  const { exit, stderr } = await withCtr(shell, runtime, `${tags.join('\n')}\n`);
  if (exit === 0) return undefined;
  await unnameOnNode(shell, runtime, [source, ...open], run);
  throw new NodeAccessError('failed', stderr.trim().split('\n').at(-1) ?? 'the copy could not be named');
}

/** Through the runtime's own way where there is `crictl`: it knows the mirrors and logins of the node. */
async function pull(
  shell: NodeShell,
  runtime: Runtime,
  source: string,
  mark: string,
): Promise<AliasProblem | undefined> {
  const name = quoted(source);
  const { exit, stderr } = await withCtr(
    shell,
    runtime,
    `
if on sh -c 'command -v crictl' >/dev/null 2>&1; then
  on crictl --runtime-endpoint "unix://$socket" --image-endpoint "unix://$socket" --timeout ${pullSeconds}s pull ${name} >/dev/null || exit 43
else
  hosts=''
  [ -d "$root/etc/containerd/certs.d" ] && hosts='--hosts-dir /etc/containerd/certs.d'
  ctr images pull $hosts ${name} >/dev/null || exit 43
fi
ctr images label ${name} ${mark} >/dev/null
`,
    { timeoutSeconds: pullSeconds },
  );
  if (exit === 0) return undefined;
  if (exit !== 43) throw new NodeAccessError('failed', stderr.trim() || `its script ended with ${exit}`);
  return { why: 'pull', name: source, said: stderr.trim().split('\n').at(-1) ?? '' };
}

/** What became of a name. */
export type Unnamed = 'removed' | 'gone' | 'not-ours';

/**
 * Takes names away that the run gave, and no others; layers stay until the runtime's own collector finds nobody using
 * them. Errors: NodeAccessError.
 */
export async function unnameOnNode(
  shell: NodeShell,
  runtime: Runtime,
  names: readonly string[],
  run: string,
): Promise<ReadonlyMap<string, Unnamed>> {
  const now = await namedImages(shell, runtime, names);
  const ours = now.filter(({ labels }) => labels[runLabel] === run).map(({ name }) => name);
  if (ours.length > 0) {
    const { exit, stderr } = await withCtr(
      shell,
      runtime,
      `ctr images remove ${ours.map(quoted).join(' ')} >/dev/null\n`,
    );
    if (exit !== 0) throw new NodeAccessError('failed', stderr.trim() || 'the names could not be taken away');
  }
  return new Map(
    names.map((name) => {
      const there = now.some((one) => one.name === name);
      return [name, ours.includes(name) ? 'removed' : there ? 'not-ours' : 'gone'];
    }),
  );
}
