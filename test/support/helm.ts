import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const module = fileURLToPath(new URL('../../lab/go/helm', import.meta.url));
/** What a chart is rendered for where nobody says so; a build from source would say 1.20. */
const kubeVersion = { major: '1', minor: '33' } as const;

/**
 * The helm that tests render with: `PULLMEND_HELM`, the one of `lab/go/helm` when it has been built, one on the PATH.
 * CI builds it (a minute when nothing is cached); elsewhere tests without helm are skipped.
 */
export function helmForTests(): string | undefined {
  const named = process.env['PULLMEND_HELM'];
  if (named !== undefined && existsSync(named)) return named;
  const sources = ['go.mod', 'go.sum'].map((file) => readFileSync(join(module, file)));
  const hash = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 16);
  const cache = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'pullmend',
    'lab',
    'programs',
  );
  const built = join(cache, `helm-${hash}`, 'helm');
  if (existsSync(built)) return built;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = folders.map((folder) => join(folder, 'helm')).find((path) => existsSync(path));
  if (onPath !== undefined || process.env['CI'] !== 'true') return onPath;
  build(cache, `helm-${hash}`);
  return built;
}

function build(cache: string, name: string): void {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, '.building-'));
  const variables = 'helm.sh/helm/v3/pkg/chartutil.k8sVersion';
  const flags = `-s -w -X ${variables}Major=${kubeVersion.major} -X ${variables}Minor=${kubeVersion.minor}`;
  try {
    execFileSync(
      'go',
      ['build', '-trimpath', '-ldflags', flags, '-o', join(unfinished, 'helm'), 'helm.sh/helm/v3/cmd/helm'],
      { cwd: module, env: { ...process.env, CGO_ENABLED: '0' }, stdio: 'ignore' },
    );
    renameSync(unfinished, join(cache, name));
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(cache, name, 'helm'))) throw error;
  }
}
