import type { OriginalName } from '../../../core/model/index.ts';
import type { Page } from './page.ts';

/** `stands on a mirror, for docker.io/library/nginx:1.25`. */
export function originalText({ image, certainty }: OriginalName, { m }: Page): string {
  return m.registry.standsFor[certainty](image);
}
