import { PullmendError } from '../../base/index.ts';
import { parseReference, type Reference } from '../../image/index.ts';

/** Which tags of a repository are meant: those that match a pattern of the first list and none of the second. */
export type TagChoice = { readonly allow: readonly RegExp[]; readonly deny: readonly RegExp[] };

/** What one place of a list says. */
export type ListEntry = {
  /** With `tags` its tag means nothing. */
  readonly source: Reference;
  /** Without tag and digest they take those of the source. None: the list names no destination. */
  readonly targets: readonly Reference[];
  readonly tags?: TagChoice;
};

/** Where something stands in a list, counted from one. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

export const everyTag: TagChoice = { allow: [], deny: [] };

export function broken(place: Place, reason: string): PullmendError {
  return new PullmendError('PM_LIST_BROKEN', { ...place, reason });
}

/** An image name at its place in a list; `docker://` before it is skopeo's way to say registry. */
export function referenceAt(text: string, place: Place): Reference {
  try {
    return parseReference(text.replace(/^docker:\/\//, ''));
  } catch (error) {
    throw broken(place, error instanceof Error ? error.message : String(error));
  }
}

/** A pattern that a whole tag must match, as regsync and skopeo read theirs. */
export function tagPattern(text: string, place: Place): RegExp {
  try {
    return new RegExp(`^(?:${text})$`, 'u');
  } catch {
    throw broken(place, `"${text}" is not a regular expression`);
  }
}

export function tagChosen(tag: string, { allow, deny }: TagChoice): boolean {
  return (allow.length === 0 || allow.some((it) => it.test(tag))) && !deny.some((it) => it.test(tag));
}
