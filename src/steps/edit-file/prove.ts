import type { EditFileStep } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import type { Look } from '../proof/index.ts';

/** For files there is no kubelet: every new name is read whole instead, manifests and blobs. */
export async function prove(step: EditFileStep, { readImage, signal }: StepTools): Promise<Look> {
  const images = [...new Set(step.expect.map(({ imageAfter }) => imageAfter))];
  let proved = 0;
  let detail: string | undefined;
  for (const image of images) {
    try {
      await readImage(image);
      proved++;
    } catch (error) {
      // A read that the user stopped says nothing of the image.
      signal.throwIfAborted();
      detail ??= error instanceof Error ? error.message : String(error);
    }
  }
  return {
    result: proved === images.length ? 'proved' : 'failing',
    final: 'now',
    proved,
    expected: images.length,
    ...(detail === undefined ? {} : { detail }),
  };
}
