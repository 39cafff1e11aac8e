import type { CopyImageStep } from '../../core/model/index.ts';
import type { Allowed } from '../allowed.ts';

/** Whether the target is on the mirror is asked again before it is written. */
export function vet({ target }: CopyImageStep, { images }: Allowed): string | undefined {
  return images.has(target) ? undefined : `${target} is not among the replacements`;
}
