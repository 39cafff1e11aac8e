import type { Lang } from '../../base/index.ts';

/** A service that copies an image when an issue asks for it. */
export type RequestService = {
  readonly name: string;
  /** `owner/name` on GitHub; absent: a fork of the user's own. */
  readonly repository?: string;
  /** `{full}`: the whole name with its tag; `{short}`: names of Docker Hub as people write them. */
  readonly title: string;
  readonly body?: string;
  readonly labels: readonly string[];
  /** Form of the issue; without it the repository refuses the issue. */
  readonly template?: string;
  /** Registries that it copies from; absent: all. */
  readonly hosts?: readonly string[];
  readonly refusesDigest?: boolean;
  /** The copy can stand under other names than the scheme of its mirror says. */
  readonly namesVary?: boolean;
  readonly terms: Readonly<Record<Lang, string>>;
  readonly source: string;
};
