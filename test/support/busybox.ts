import { readFile } from 'node:fs/promises';
import type { ImageFile } from './layer.ts';

/** A static busybox (Debian: package `busybox-static`). */
const BUSYBOX = '/bin/busybox';

const APPLETS = [
  'cat',
  'chmod',
  'cp',
  'date',
  'df',
  'echo',
  'env',
  'false',
  'grep',
  'hostname',
  'httpd',
  'id',
  'kill',
  'ln',
  'ls',
  'mkdir',
  'mv',
  'nc',
  'nslookup',
  'ps',
  'pwd',
  'rm',
  'sed',
  'sh',
  'stat',
  'tail',
  'test',
  'touch',
  'true',
  'wget',
];

/**
 * The kernel ignores SIGTERM for the first process of a container when it has no handler, and then every stop of a pod
 * takes its whole grace period. This `sleep` has one.
 */
const SLEEP = `#!/bin/sh
trap 'exit 0' TERM INT
/bin/busybox sleep "$@" &
wait $!
`;

const read = new Map<string, Promise<readonly ImageFile[]>>();

/**
 * Files of a small root file system that really runs on linux/amd64. The same list for every call, so that its layer is
 * made once. Rejects when there is no busybox on this machine.
 */
export function busyboxFiles(binary: string = BUSYBOX): Promise<readonly ImageFile[]> {
  const known = read.get(binary);
  if (known !== undefined) return known;
  const made = readFile(binary).then(rootFiles);
  read.set(binary, made);
  return made;
}

function rootFiles(busybox: Uint8Array): readonly ImageFile[] {
  return [
    { path: 'bin/busybox', data: busybox, mode: 0o755 },
    { path: 'bin/sleep', data: SLEEP, mode: 0o755 },
    ...APPLETS.map((applet) => ({ path: `bin/${applet}`, link: 'busybox' })),
    { path: 'etc/passwd', data: 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' },
    { path: 'etc/group', data: 'root:x:0:\nnobody:x:65534:\n' },
    { path: 'tmp', folder: true, mode: 0o1777 },
    { path: 'var/www', folder: true },
  ];
}
