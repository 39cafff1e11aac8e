import { describe, expect, test } from 'vitest';
import {
  chartCases,
  mirroredName,
  mirrorRoot,
  placesOf,
  stands,
  type ChartCase,
} from '../../../test/support/corpus-charts.ts';
import { helmForTests } from '../../../test/support/helm.ts';
import { openHelm } from '../../adapters/helm/index.ts';
import { findOverride } from './override.ts';
import { type Target } from './search.ts';

const binary = helmForTests();

function naming({ expected }: ChartCase): Target {
  const known = new Map(
    expected.images.map(({ image, mirrored }) => [image, mirrored ?? mirroredName(image)]),
  );
  return (image, place) => {
    if (place === 'registry') return [mirrorRoot, ...image.replace(/\/$/, '').split('/').slice(1)].join('/');
    const name = known.get(image) ?? mirroredName(image);
    return name === image ? undefined : name;
  };
}

describe.each(['shapes', 'charts'] as const)('the corpus of chart %s', (set) => {
  const cases = binary === undefined ? [] : chartCases(set);
  test.skipIf(cases.length === 0)(
    'every image that a value can move is moved, the others are named',
    async () => {
      const helm = await openHelm({ binary, env: process.env });
      const faults: string[] = [];
      for (const it of cases) {
        const { release, namespace, kube_version: kubeVersion } = it.render;
        const valuesFiles = it.baseValues === undefined ? [] : [it.baseValues];
        const options = { release, namespace, kubeVersion, valuesFiles };
        const found = await findOverride({ chart: it.folder, ...options }, async () => naming(it), helm);
        const after = placesOf(await helm.template(it.folder, { ...options, values: found.values }));
        for (const image of it.expected.images) {
          const isRight = stands(after, image, image.mirrored ?? image.image);
          const isTold =
            image.mirrored !== null || found.unmoved.some(({ usage }) => usage.image === image.image);
          if (!isRight || !isTold) faults.push(`${it.slug}: ${image.image} ${image.path}`);
        }
      }
      expect(faults).toEqual([]);
    },
    600_000,
  );
});
