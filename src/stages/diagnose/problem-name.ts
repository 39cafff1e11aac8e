import { digestOf } from '../../core/image/index.ts';

/** Hex digits of the name: enough for any number of images that one cluster runs. */
const nameDigits = 10;

/** A stable name of the problem with an image, fit for a Kubernetes object. */
export function problemName(image: string): string {
  const hex = digestOf(new TextEncoder().encode(image)).slice('sha256:'.length);
  return `p-${hex.slice(0, nameDigits)}`;
}
