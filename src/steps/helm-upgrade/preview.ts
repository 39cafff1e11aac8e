import type { HelmUpgradeStep } from '../../core/model/index.ts';
import type { DiffLine, Preview } from '../module.ts';

export function preview(step: HelmUpgradeStep): Preview {
  const { object, override, changes, chart, expect } = step;
  const values: readonly DiffLine[] =
    chart.from === 'manifest' ? [] : [{ shows: 'values', release: object, values: override }];
  return {
    subject: { type: 'object', object },
    action: { does: 'upgrade-release', values: pathsOf(override), chart: chart.from },
    diff: [
      ...values,
      ...changes.map(({ object: changed, path, before, after }): DiffLine => ({
        shows: 'field',
        object: changed,
        path,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      })),
    ],
    changes: changes.length,
    waits: expect.length > 0,
  };
}

/** `image.repository`. */
function pathsOf(values: HelmUpgradeStep['override'], parent = ''): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = parent === '' ? key : `${parent}.${key}`;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? pathsOf(value as HelmUpgradeStep['override'], path)
      : [path];
  });
}
