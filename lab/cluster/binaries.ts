import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from './error.ts';
import { run } from './host/command.ts';
import type { Progress } from './progress.ts';

const GO_DIR = fileURLToPath(new URL('../go', import.meta.url));

/** What the API server and the nodes say they are: `go build` alone leaves v0.0.0-master. */
const KUBERNETES_VERSION = /^\s*k8s\.io\/kubernetes (v\S+)$/m;

const PROGRAMS: readonly { readonly name: string; readonly source: string }[] = [
  { name: 'etcd', source: 'go.etcd.io/etcd/server/v3' },
  { name: 'kube-apiserver', source: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  { name: 'kube-controller-manager', source: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  { name: 'kube-scheduler', source: 'k8s.io/kubernetes/cmd/kube-scheduler' },
  { name: 'kubelet', source: 'k8s.io/kubernetes/cmd/kubelet' },
  { name: 'kubectl', source: 'k8s.io/kubernetes/cmd/kubectl' },
  { name: 'pause', source: './pause' },
];

/** All sources that are not pinned by go.sum. */
const HASHED_FILES = ['go.mod', 'go.sum', 'pause/main.go'];

/** The slowest one takes some minutes on two cores when nothing is cached. */
const BUILD_TIMEOUT_MS = 60 * 60_000;
const UNFINISHED = '.building-';

/**
 * The folder with etcd, Kubernetes and pause, built from `lab/go` when this very
 * combination of sources, flags and Go version has not been built before.
 * The caller holds the lab's lock.
 */
export async function ensureBinaries(progress: Progress, signal?: AbortSignal): Promise<string> {
  const flags = buildFlags();
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pullmend', 'lab', 'bin');
  const folder = join(cache, cacheKey(await goVersion(), flags));
  if (!existsSync(folder)) {
    await build(cache, folder, flags, progress, signal);
  }
  return folder;
}

async function build(
  cache: string,
  folder: string,
  flags: readonly string[],
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  mkdirSync(cache, { recursive: true });
  removeUnfinished(cache);
  const unfinished = mkdtempSync(join(cache, UNFINISHED));
  const scratch = join(unfinished, 'scratch');
  mkdirSync(scratch);
  try {
    for (const [index, { name, source }] of PROGRAMS.entries()) {
      await progress.during(`building ${name} ${index + 1}/${PROGRAMS.length}`, () =>
        run('go', ['build', ...flags, '-o', join(unfinished, name), source], {
          cwd: GO_DIR,
          env: { CGO_ENABLED: '0', GOTMPDIR: scratch },
          timeoutMs: BUILD_TIMEOUT_MS,
          signal,
        }),
      );
    }
    rmSync(scratch, { recursive: true });
    renameSync(unfinished, folder);
  } finally {
    removeUnfinished(cache);
  }
}

/** What a killed build has left. */
function removeUnfinished(cache: string): void {
  for (const entry of readdirSync(cache).filter((name) => name.startsWith(UNFINISHED))) {
    rmSync(join(cache, entry), { recursive: true, force: true });
  }
}

function buildFlags(): string[] {
  const version = KUBERNETES_VERSION.exec(readFileSync(join(GO_DIR, 'go.mod'), 'utf8'))?.[1] ?? '';
  const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
  return [
    '-trimpath',
    '-ldflags',
    `-s -w ${packages.map((name) => `-X ${name}.gitVersion=${version}`).join(' ')}`,
  ];
}

function cacheKey(goVersion: string, flags: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([goVersion, flags, PROGRAMS]));
  for (const file of HASHED_FILES) {
    hash.update(readFileSync(join(GO_DIR, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function goVersion(): Promise<string> {
  try {
    return await run('go', ['env', 'GOVERSION', 'GOARCH'], { cwd: GO_DIR });
  } catch (error) {
    const detail = error instanceof LabError ? error.detail : undefined;
    throw new LabError(
      'the lab builds Kubernetes and needs Go 1.24 or newer in PATH (https://go.dev/dl)',
      detail,
    );
  }
}
