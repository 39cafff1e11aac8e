import { classify } from '../classify.ts';
import type { Found } from '../excerpts/index.ts';
import type { Numbered } from './arrivals.ts';
import { addTo, emptyGroup, type Group } from './group.ts';

const names: readonly RegExp[] = [
  /\bpull secrets? \\*\(\\*"?([a-z0-9][a-z0-9.-]{0,252})/,
  /\bsecrets? \\*"([a-z0-9][a-z0-9.-]{0,252})\\*"/,
  /\bpull secrets? (?:[a-z0-9-]{1,63}\/)?([a-z0-9][a-z0-9.-]{0,252}) (?:for|not found|due)\b/,
];

/** The pull secret that a text names: of the kubelet's warning, of its log, of other programs. */
export function secretOf(text: string): string | undefined {
  for (const pattern of names) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The kubelet's warnings of pull secrets that are not there: one for each secret, whichever pods name it. */
export class Warnings {
  readonly #groups = new Map<string, Group>();
  readonly #byObject = new Map<string, Found>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(message: Numbered): void {
    const { object } = message;
    if (this.#byObject.size >= this.#most) return;
    if (object !== undefined) this.#byObject.set(object, message);
    const name = message.secret ?? secretOf(message.message) ?? '';
    const group = this.#groups.get(name) ?? emptyGroup(undefined);
    this.#groups.set(name, group);
    const { reason, ...text } = message;
    addTo(group, message, classify({ ...text, reason: reason ?? 'FailedToRetrieveImagePullSecret' }));
  }

  /** The warning for one of the objects. */
  textFor(objects: readonly string[]): string | undefined {
    return objects.map((object) => this.#byObject.get(object)?.message).find(Boolean);
  }

  secretFor(objects: readonly string[]): string | undefined {
    const text = this.textFor(objects);
    return text === undefined ? undefined : secretOf(text);
  }

  /** Warnings of pods of which nothing else is told, and which lack nothing. */
  groups(isTold: (object: string) => boolean): readonly Group[] {
    return [...this.#groups.values()].filter((group) => {
      const objects = [...group.places.keys()];
      return !objects.every((object) => object !== '' && isTold(object));
    });
  }
}
