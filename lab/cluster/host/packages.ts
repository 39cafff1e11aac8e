import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LabError } from '../error.ts';
import type { Progress } from '../progress.ts';
import { run } from './command.ts';

/** A Debian package and a program or file by which its presence is seen. */
type Package = { readonly name: string; readonly proof: string };

const PACKAGES: readonly Package[] = [
  { name: 'containerd', proof: 'containerd' },
  { name: 'runc', proof: 'runc' },
  { name: 'containernetworking-plugins', proof: '/usr/lib/cni/bridge' },
  { name: 'iproute2', proof: 'ip' },
  // Scenarios drop packets with it; containerd's CNI plugins call it too.
  { name: 'iptables', proof: 'iptables' },
  // The content of the images that the lab makes.
  { name: 'busybox-static', proof: 'busybox' },
];

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** PATH of everything the lab starts: the system's folders, whatever the caller's shell has. */
export const SYSTEM_PATH = SYSTEM_FOLDERS.join(delimiter);

/**
 * Installs with apt-get the packages that are missing; without any it asks nobody.
 * Throws LabError where there is no apt-get or it fails.
 */
export async function ensurePackages(progress: Progress, signal?: AbortSignal): Promise<void> {
  const missing = PACKAGES.filter(({ proof }) => !isPresent(proof)).map(({ name }) => name);
  if (missing.length === 0) {
    return;
  }
  if (!isPresent('apt-get')) {
    throw new LabError(
      `the lab needs ${missing.join(', ')}`,
      'This is not a Debian system: install them yourself.',
    );
  }
  await progress.during(`installing ${missing.join(' ')}`, async () => {
    try {
      await aptInstall(missing, signal);
    } catch {
      // An image without package lists, or with old ones.
      await run('apt-get', ['update', '-q'], { timeoutMs: INSTALL_TIMEOUT_MS, signal });
      await aptInstall(missing, signal);
    }
  });
}

async function aptInstall(names: readonly string[], signal?: AbortSignal): Promise<void> {
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: INSTALL_TIMEOUT_MS,
    signal,
  });
}

function isPresent(proof: string): boolean {
  return proof.startsWith('/')
    ? existsSync(proof)
    : SYSTEM_FOLDERS.some((dir) => existsSync(join(dir, proof)));
}
