import type { CopyImageStep } from '../../core/model/index.ts';
import type { Mend } from './remedies/index.ts';

/** The copies that must be made before anything can use them, each image once. */
export function copySteps(mends: readonly Mend[]): readonly Omit<CopyImageStep, 'id'>[] {
  const steps = new Map<string, Omit<CopyImageStep, 'id'>>();
  for (const { usage, replacement } of mends) {
    const { image, with: target, mirror, digest, made } = replacement;
    if (made !== true || digest === undefined || steps.has(image)) continue;
    const { namespace } = usage.position === undefined ? usage.object : {};
    steps.set(image, {
      kind: 'copy-image',
      object: {
        apiVersion: 'v1',
        kind: 'Image',
        ...(namespace === undefined ? {} : { namespace }),
        name: target,
      },
      needs: [],
      expect: [],
      source: image,
      target,
      mirror,
      digest,
    });
  }
  return [...steps.values()];
}
