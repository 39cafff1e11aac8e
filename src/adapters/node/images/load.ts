import { quoted } from '../quoted.ts';
import { NodeAccessError, type NodeShell, type ShellInput } from '../shell.ts';
import type { Runtime } from '../survey.ts';
import { runLabel } from './alias.ts';
import { withCtr } from './containerd.ts';
import { namedImages, type NamedImage } from './list.ts';

/** What a node has of images: blobs as they are sent, and layers as they are unpacked, each by its digest. */
export type NodeContent = {
  readonly blobs: ReadonlySet<string>;
  /** Chain IDs. */
  readonly unpacked: ReadonlySet<string>;
  readonly named: readonly NamedImage[];
  /** The one that its pods use. */
  readonly snapshotter: string;
};

/** A large image over a slow line. */
const importSeconds = 60 * 60;
/** A node of thousands of images. */
const maxOutputBytes = 32 * 1024 * 1024;

/** What a node has, so that no byte is sent twice. Errors: NodeAccessError. */
export async function contentOf(
  shell: NodeShell,
  runtime: Runtime,
  names: readonly string[],
): Promise<NodeContent> {
  const { stdout, exit, stderr } = await withCtr(
    shell,
    runtime,
    `
config=/etc/containerd/config.toml
snapshotter=$(on containerd config dump 2>/dev/null | sed -n 's/^ *snapshotter *= *["'"'"']\\([a-z.-]*\\)["'"'"'].*/\\1/p' | head -n 1)
[ -n "$snapshotter" ] || snapshotter=overlayfs
echo "snapshotter $snapshotter"
ctr content ls -q | sed 's/^/blob /'
ctr snapshots --snapshotter "$snapshotter" ls | sed -n 's/^\\(sha[0-9]*:[0-9a-f]*\\) .*/layer \\1/p'
`,
    { maxOutputBytes },
  );
  if (exit !== 0) throw new NodeAccessError('failed', stderr.trim() || `its script ended with ${exit}`);
  const words = stdout.split('\n').map((line) => line.split(' '));
  const of = (kind: string) => words.flatMap(([first, second]) => (first === kind && second ? [second] : []));
  return {
    blobs: new Set(of('blob')),
    unpacked: new Set(of('layer')),
    snapshotter: of('snapshotter')[0] ?? 'overlayfs',
    named: await namedImages(shell, runtime, names),
  };
}

/** What becomes of an archive on a node. */
export type ImportOptions = {
  /** `os/arch`, the node's own. */
  readonly platform: string;
  readonly snapshotter: string;
  /** Layers are unpacked: pods start without waiting for it. */
  readonly unpack: boolean;
};

/** Streams an archive into the node's images. Errors: NodeAccessError with what containerd said; those of the stream. */
export async function importOnNode(
  shell: NodeShell,
  runtime: Runtime,
  archive: ShellInput,
  { platform, snapshotter, unpack }: ImportOptions,
): Promise<void> {
  const how = unpack ? `--snapshotter ${quoted(snapshotter)}` : '--no-unpack';
  const { exit, stderr } = await withCtr(
    shell,
    runtime,
    `ctr images import --platform ${quoted(platform)} ${how} - >/dev/null\n`,
    { input: archive, timeoutSeconds: importSeconds },
  );
  if (exit === 0) return;
  throw new NodeAccessError('failed', stderr.trim().split('\n').at(-1) || `import ended with ${exit}`);
}

/** Says on names whose they are, by which they are taken away again. Errors: NodeAccessError. */
export async function markOnNode(
  shell: NodeShell,
  runtime: Runtime,
  names: readonly string[],
  run: string,
): Promise<void> {
  const mark = quoted(`${runLabel}=${run}`);
  const lines = names.map((name) => `ctr images label ${quoted(name)} ${mark} >/dev/null || exit 1`);
  const { exit, stderr } = await withCtr(shell, runtime, `${lines.join('\n')}\n`);
  if (exit !== 0) throw new NodeAccessError('failed', stderr.trim() || 'the image is not there');
}

/**
 * Takes names away, whosever they are; those that are not there are nothing to say about. For names that only a run
 * gives. Errors: NodeAccessError.
 */
export async function dropOnNode(
  shell: NodeShell,
  runtime: Runtime,
  names: readonly string[],
): Promise<void> {
  const there = (await namedImages(shell, runtime, names)).map(({ name }) => name);
  if (there.length === 0) return;
  await withCtr(shell, runtime, `ctr images remove ${there.map(quoted).join(' ')} >/dev/null\n`);
}
