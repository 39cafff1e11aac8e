import { isAbsolute, join } from 'node:path';
import { LabError } from './error.ts';

export type LabPaths = {
  /** Everything a running lab keeps; gone after `down`. */
  readonly runDir: string;
  readonly logDir: string;
  readonly pidDir: string;
  readonly pkiDir: string;
  /** Link to the folder with etcd, kubectl and the other binaries. */
  readonly binDir: string;
  /** Kept mount namespaces, one file a machine. */
  readonly namespaceDir: string;
  readonly kubeconfig: string;
  /** The CA that signs the registries' certificates. */
  readonly registryCa: string;
  readonly registryCaKey: string;
  readonly upstreamsDir: string;
  /** Unix socket of the upstreams' control API. */
  readonly upstreamsSocket: string;
};

const DEFAULT_STATE_DIR = '/var/lib/pullmend-lab';

/** The kernel's limit for a Unix socket path is 107 bytes; the longest socket below the state folder needs 30. */
const MAX_STATE_DIR = 70;

/**
 * The folder of the lab's state, `PULLMEND_LAB_DIR` or the default.
 * Throws LabError when the variable holds a path that cannot work.
 */
export function stateDir(): string {
  const dir = process.env['PULLMEND_LAB_DIR'] ?? DEFAULT_STATE_DIR;
  // Overlay options separate paths by ':' and ','; nodes cover /run and /etc by their own.
  const usable = isAbsolute(dir) && /^[\w./-]+$/.test(dir) && !/^\/(run|etc|proc|sys|dev)(\/|$)/.test(dir);
  if (!usable || dir.length > MAX_STATE_DIR) {
    throw new LabError(
      `PULLMEND_LAB_DIR cannot be ${JSON.stringify(dir)}`,
      `Use an absolute path of letters, digits, '.', '_' and '-', at most ${MAX_STATE_DIR} characters, outside /run and /etc.`,
    );
  }
  return dir;
}

/** Where everything of the lab lies, whether it is up or not. */
export function labPaths(): LabPaths {
  const runDir = join(stateDir(), 'run');
  const pkiDir = join(runDir, 'pki');
  const upstreamsDir = join(runDir, 'upstreams');
  return {
    runDir,
    logDir: join(runDir, 'log'),
    pidDir: join(runDir, 'pid'),
    pkiDir,
    binDir: join(runDir, 'bin'),
    namespaceDir: join(runDir, 'ns'),
    kubeconfig: join(pkiDir, 'admin.kubeconfig'),
    registryCa: join(pkiDir, 'registry-ca.crt'),
    registryCaKey: join(pkiDir, 'registry-ca.key'),
    upstreamsDir,
    upstreamsSocket: join(upstreamsDir, 'control.sock'),
  };
}

/** The folder of one machine's own files (its /etc, its /var). */
export function machineDir(machineName: string): string {
  return join(labPaths().runDir, machineName);
}
