import type { ImageSource } from '../../../flows/index.ts';
import { shellWord } from '../render/names.ts';
import { flagSyntax, type Flags } from './flags.ts';

type ChartOptions = Omit<Extract<ImageSource, { readonly type: 'chart' }>, 'type'>;

/** How the flags have helm render a chart. */
export function chartOptionsOf(chart: string, flags: Flags): ChartOptions {
  const { values = [], set, namespace, kubeVersion, chartVersion, chartRepo, skipSchemaValidation } = flags;
  return {
    chart,
    valuesFiles: values,
    ...(set === undefined ? {} : { set }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(kubeVersion === undefined ? {} : { kubeVersion }),
    ...(chartVersion === undefined ? {} : { version: chartVersion }),
    ...(chartRepo === undefined ? {} : { repository: chartRepo }),
    ...(skipSchemaValidation === true ? { skipSchemaValidation } : {}),
  };
}

const ofCharts = [
  'values',
  'set',
  'kubeVersion',
  'chartVersion',
  'chartRepo',
  'skipSchemaValidation',
] as const satisfies readonly (keyof Flags)[];

/** Given flags that mean something for a chart only, as they are written. */
export function chartFlagsIn(flags: Flags): readonly string[] {
  return ofCharts
    .filter((name) => flags[name] !== undefined)
    .map((name) => flagSyntax[name].replace(/,? .*/, ''));
}

/**
 * The command that installs the chart with more values, and with all that the flags said of it.
 *
 * @param vendored a copy of the chart on this machine, which is installed instead
 */
export function helmCommand(chart: string, flags: Flags, override: string, vendored?: string): string {
  const { values = [], set = [], namespace, chartVersion, chartRepo, skipSchemaValidation } = flags;
  const option = (name: string, ...given: readonly (string | undefined)[]): readonly string[] =>
    given.flatMap((value) => (value === undefined ? [] : [name, shellWord(value)]));
  const place =
    vendored === undefined
      ? [shellWord(chart), ...option('--repo', chartRepo), ...option('--version', chartVersion)]
      : [shellWord(vendored)];
  return [
    'helm upgrade --install RELEASE',
    ...place,
    ...option('-n', namespace),
    ...option('-f', ...values, override),
    ...option('--set', ...set),
    ...(skipSchemaValidation === true ? ['--skip-schema-validation'] : []),
  ].join(' ');
}
