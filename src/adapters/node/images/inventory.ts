import { rowsIn } from './list.ts';
import { asList, asObjects, asText, dig, digText } from '../../../core/knowledge/pods/index.ts';
import { normaliseImage } from '../../../core/image/index.ts';
import type { Json } from '../../../core/model/index.ts';
import { NodeAccessError, type NodeShell } from '../shell.ts';
import type { Runtime } from '../survey.ts';
import { withCtr } from './containerd.ts';

/** One content of a node, by all its names. */
export type NodeImage = {
  /** Sorted; empty for a content that lost its names. */
  readonly names: readonly string[];
  /** Of its manifest or index; with docker, of the image itself where no registry's is known. */
  readonly digest: string;
  readonly bytes: number;
  /** The kubelet never removes it. */
  readonly pinned: boolean;
};

/** A node of thousands of names prints some MB. */
const maxOutputBytes = 16 * 1024 * 1024;

/** All images that the kubelet's runtime has, largest first. Errors: NodeAccessError. */
export async function imagesOfRuntime(shell: NodeShell, runtime: Runtime): Promise<readonly NodeImage[]> {
  const found = await listed(shell, runtime);
  return found.toSorted((a, b) => b.bytes - a.bytes || (a.names[0] ?? '').localeCompare(b.names[0] ?? ''));
}

async function listed(shell: NodeShell, runtime: Runtime): Promise<readonly NodeImage[]> {
  if (runtime.name === 'containerd') {
    const { stdout, stderr, exit } = await withCtr(shell, runtime, 'ctr images list\n', { maxOutputBytes });
    return containerdImages(told(stdout, stderr, exit));
  }
  const program =
    runtime.name === 'crio'
      ? 'crictl --runtime-endpoint unix:///var/run/crio/crio.sock images -o json'
      : `docker images --no-trunc --digests --format '{{json .}}'`;
  const { stdout, stderr, exit } = await shell.run(`chroot /proc/${runtime.pid}/root ${program}`, {
    maxOutputBytes,
  });
  return runtime.name === 'crio'
    ? criImages(told(stdout, stderr, exit))
    : dockerImages(told(stdout, stderr, exit));
}

/** What a listing printed. Errors: NodeAccessError with the last line of what went wrong. */
export function told(stdout: string, stderr: string, exit: number): string {
  if (exit === 0) return stdout;
  throw new NodeAccessError(
    'failed',
    stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? 'its images cannot be listed',
  );
}

/** Names of image IDs are CRI's own. */
export function containerdImages(table: string): readonly NodeImage[] {
  const rows = rowsIn(table).map(({ name, digest, size, labels }) => {
    const [, number = '', unit = ''] = /^([\d.]+)\s?(\S*)$/.exec(size) ?? [];
    const pinned = labels['io.cri-containerd.pinned'] === 'pinned';
    return { name, digest, bytes: bytesOf(Number(number), unit), pinned };
  });
  const groups = Map.groupBy(rows, ({ digest }) => digest);
  return [...groups].map(([digest, all]) => ({
    digest,
    names: all
      .map(({ name }) => name)
      .filter((name) => !/^sha\d+:/.test(name))
      .toSorted(),
    bytes: Math.max(...all.map(({ bytes }) => bytes)),
    pinned: all.some(({ pinned }) => pinned),
  }));
}

/** `crictl images -o json`: ListImagesResponse of the CRI. */
export function criImages(text: string): readonly NodeImage[] {
  return asObjects(dig(parsed(text), 'images')).map((image) => {
    const names = [...asList(image.repoTags), ...asList(image.repoDigests)].flatMap(
      (name) => asText(name) ?? [],
    );
    const digest = names.find((name) => name.includes('@'))?.split('@')[1];
    return {
      names: names.toSorted(),
      digest: digest ?? digText(image, 'id') ?? '',
      bytes: Number(image.size ?? 0),
      pinned: image.pinned === true,
    };
  });
}

/** `docker images --format '{{json .}}'`: a row for each name. */
export function dockerImages(text: string): readonly NodeImage[] {
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  const groups = Map.groupBy(rows.map(parsed), (row) => digText(row, 'ID') ?? '');
  return [...groups].map(([id, all]) => {
    const [size = '', unit = ''] = /^([\d.]+)(\w+)$/.exec(digText(all[0], 'Size') ?? '')?.slice(1) ?? [];
    const names = all.flatMap((row) => {
      const [repository = '', tag = '', digest = ''] = ['Repository', 'Tag', 'Digest'].map((key) =>
        digText(row, key),
      );
      if (repository === '<none>') return [];
      return [
        ...(tag === '<none>' ? [] : [normaliseImage(`${repository}:${tag}`)]),
        ...(digest === '<none>' || digest === '' ? [] : [normaliseImage(`${repository}@${digest}`)]),
      ];
    });
    const digest = names.find((name) => name.includes('@'))?.split('@')[1] ?? id;
    return {
      names: [...new Set(names)].toSorted(),
      digest,
      bytes: bytesOf(Number(size), unit),
      pinned: false,
    };
  });
}

/** Errors: NodeAccessError. */
export function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new NodeAccessError('failed', 'its runtime prints no JSON', { cause });
  }
}

/** containerd counts by 1024 (KiB), docker by 1000 (kB, MB). */
function bytesOf(size: number, unit: string): number {
  const power = ' kmgt'.indexOf(unit.charAt(0).toLowerCase() || ' ');
  const base = /^.i/.test(unit) ? 1024 : 1000;
  return Math.round(size * base ** Math.max(0, /^b/i.test(unit) ? 0 : power));
}
