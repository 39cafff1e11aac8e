import { isError } from '../../core/base/index.ts';
import { findHelm } from './find.ts';
import { releaseCommands } from './release-commands.ts';
import { runHelm } from './run.ts';
import type { Helm, HelmOptions, PullOptions, RenderOptions } from './types.ts';

/** Finds helm; asks it nothing, since each start of it takes as long as a small render. Throws PM_HELM_MISSING. */
export async function openHelm(options: HelmOptions): Promise<Helm> {
  const path = await findHelm(options);
  const run = async (args: readonly string[], input?: string): Promise<string> =>
    await runHelm({
      path,
      args,
      env: options.env,
      signal: options.signal,
      ...(input === undefined ? {} : { input }),
    });
  return {
    path,
    version: async () => (await run(['version', '--template', '{{.Version}}'])).trim(),
    template: async (chart, render = {}) => {
      const input = render.values === undefined ? undefined : JSON.stringify(render.values);
      try {
        return await run(templateArgs(chart, render), input);
      } catch (error) {
        if (render.kubeVersion !== undefined || !isTooOld(error)) throw error;
        return await run(templateArgs(chart, { ...render, kubeVersion: usualKubeVersion }), input);
      }
    },
    showValues: async (chart) => await run(['show', 'values', chart]),
    pull: async (chart, pull) => {
      await run(pullArgs(chart, pull));
    },
    ...releaseCommands(options, path),
  };
}

/** For charts that want a newer cluster than this helm stands for, where nobody says which cluster it is. */
const usualKubeVersion = 'v1.33.0';

function isTooOld(error: unknown): boolean {
  return isError(error, 'PM_HELM_FAILED') && /incompatible with Kubernetes v1\.\d+/.test(error.params.reason);
}

function templateArgs(chart: string, options: RenderOptions): readonly string[] {
  const { release = 'release', namespace, kubeVersion, valuesFiles = [], values, includeCrds } = options;
  const { set = [], skipSchemaValidation, noHooks } = options;
  return [
    'template',
    release,
    chart,
    ...flag('--namespace', namespace),
    ...flag('--kube-version', kubeVersion),
    ...valuesFiles.flatMap((file) => ['--values', file]),
    ...(values === undefined ? [] : ['--values', '-']),
    ...set.flatMap((setting) => ['--set', setting]),
    ...(includeCrds === true ? ['--include-crds'] : []),
    ...(noHooks === true ? ['--no-hooks'] : []),
    ...(skipSchemaValidation === true ? ['--skip-schema-validation'] : []),
  ];
}

function pullArgs(chart: string, { folder, version, repository }: PullOptions): readonly string[] {
  return [
    'pull',
    chart,
    '--untar',
    '--untardir',
    folder,
    ...flag('--version', version),
    ...flag('--repo', repository),
  ];
}

function flag(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}
