import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './host/command.ts';
import { labPaths } from './paths.ts';
import type { Progress } from './progress.ts';

/** Programs that scenarios run in pods or at the desk, and benchmarks beside them. */
export const PROGRAM_NAMES = [
  'local-path-provisioner',
  'prometheus-operator',
  'helm',
  'helm4',
  'kubectl',
  'kwok',
  'kustomize-controller',
] as const;

export type ProgramName = (typeof PROGRAM_NAMES)[number];

/** What to build, in the module `lab/go/NAME`. */
const packages: Readonly<Record<Exclude<ProgramName, 'kubectl'>, string>> = {
  'local-path-provisioner': 'github.com/rancher/local-path-provisioner',
  'prometheus-operator': 'github.com/prometheus-operator/prometheus-operator/cmd/operator',
  helm: 'helm.sh/helm/v3/cmd/helm',
  helm4: 'helm.sh/helm/v4/cmd/helm',
  kwok: 'sigs.k8s.io/kwok/cmd/kwok',
  'kustomize-controller': 'github.com/fluxcd/kustomize-controller',
};

/** What a program is called in its folder, where that is not the module's name. */
const calls: Readonly<Partial<Record<ProgramName, string>>> = { helm4: 'helm' };

/** As in test/support/helm.ts, which shares the build: a chart is rendered for this version when nobody says which. */
const linkerFlags = [
  '-s -w',
  '-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1',
  '-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=33',
].join(' ');

/** Half a minute on two cores when nothing is cached; a network may be slow. */
const BUILD_TIMEOUT_MS = 20 * 60_000;

/** The folder with one program, which nodes see too; built when this version has not been built before. */
export async function ensureProgram(name: ProgramName, progress: Progress): Promise<string> {
  if (name === 'kubectl') return realpathSync(labPaths().binDir);
  const module = fileURLToPath(new URL(`../go/${name}`, import.meta.url));
  const cache = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'pullmend',
    'lab',
    'programs',
  );
  const sources = ['go.mod', 'go.sum'].map((file) => readFileSync(join(module, file)));
  const hash = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 16);
  const folder = join(cache, `${name}-${hash}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, '.building-'));
  try {
    await progress.during(`building ${name}`, () =>
      run(
        'go',
        [
          'build',
          '-trimpath',
          '-ldflags',
          linkerFlags,
          '-o',
          join(unfinished, calls[name] ?? name),
          packages[name],
        ],
        {
          cwd: module,
          env: { CGO_ENABLED: '0' },
          timeoutMs: BUILD_TIMEOUT_MS,
        },
      ),
    );
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
