import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The module of the lab's Kubernetes, whose kubectl has kustomize in it. */
const module = fileURLToPath(new URL('../../lab/go', import.meta.url));
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pullmend', 'lab');

export type Kustomize = {
  /** An environment whose PATH finds this one first. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly build: (folder: string) => string;
};

/**
 * The kustomize that tests build with: the kubectl of the lab, or what is on the PATH. CI builds that kubectl, of which
 * the lab has most in Go's cache; elsewhere tests without one are skipped.
 */
export function kustomizeForTests(): Kustomize | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...labFolders().map((folder) => join(folder, 'kubectl')),
    ...onPath.flatMap((folder) => [join(folder, 'kustomize'), join(folder, 'kubectl')]),
  ];
  const found = candidates.find((program) => existsSync(program));
  if (found !== undefined) return kustomizeAt(found);
  return process.env['CI'] === 'true' ? kustomizeAt(buildKubectl()) : undefined;
}

function kustomizeAt(program: string): Kustomize {
  const verb = program.endsWith('kustomize') ? 'build' : 'kustomize';
  const path = [dirname(program), process.env['PATH']].join(delimiter);
  return {
    env: { ...process.env, PATH: path },
    build: (folder) => execFileSync(program, [verb, folder], { encoding: 'utf8' }),
  };
}

/** Builds of the lab and of this file; the newest Go makes another one of the same sources. */
function labFolders(): readonly string[] {
  const builds = join(cache, 'bin');
  const folders = existsSync(builds) ? readdirSync(builds).map((name) => join(builds, name)) : [];
  return [...folders.filter((folder) => !folder.includes('.building-')), ownFolder()];
}

function ownFolder(): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(module, file)));
  return join(cache, 'programs', `kubectl-${hash.digest('hex').slice(0, 16)}`);
}

function buildKubectl(): string {
  const folder = ownFolder();
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(join(dirname(folder), '.building-'));
  const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(unfinished, 'kubectl')];
  try {
    execFileSync('go', [...args, 'k8s.io/kubernetes/cmd/kubectl'], {
      cwd: module,
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: 'ignore',
    });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another test file may have been faster.
    if (!existsSync(join(folder, 'kubectl'))) throw error;
  }
  return join(folder, 'kubectl');
}
