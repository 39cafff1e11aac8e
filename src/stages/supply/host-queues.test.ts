import { expect, test } from 'vitest';
import { parseReference } from '../../core/image/index.ts';
import { classifyProbe } from '../../core/knowledge/failures/index.ts';
import { hostQueues } from './host-queues.ts';

test('images of a dead host get the class that was seen of it, asked or not', async () => {
  const asked: string[] = [];
  const ask = hostQueues(async ({ registry, repository }) => {
    asked.push(repository);
    return {
      reference: `${registry}/${repository}`,
      outcome: 'unreachable',
      platforms: [],
      platformDigests: {},
      detail: `GET https://${registry}/v2/ → no such host`,
    };
  }, undefined);
  const images = Array.from({ length: 12 }, (_, index) => `dead.test/app/n${index}:1`);
  const probes: Awaited<ReturnType<typeof ask>>[] = [];
  for (const image of images) probes.push(await ask({ reference: parseReference(image), platforms: [] }));
  expect(asked.length).toBeLessThan(images.length);
  const classes = probes.map((probe, index) => classifyProbe(images[index] ?? '', probe)?.class);
  expect(new Set(classes)).toEqual(new Set(['dns']));
});
