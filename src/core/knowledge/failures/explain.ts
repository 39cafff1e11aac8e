import { normaliseImage } from '../../image/index.ts';
import type { Diagnosis } from '../../model/index.ts';
import { blamedImage, classify } from './classify.ts';
import { indirectReason, type Found } from './excerpts/index.ts';

/** Objects named of each cause; of more only the number is told. */
const maxObjects = 1000;
/** Different texts whose diagnosis is remembered: logs repeat themselves. */
const maxRemembered = 4096;
/** Different causes that are kept apart; real excerpts hold a handful. */
const maxExplanations = 10_000;

/** One cause for one image, as often as an excerpt tells it. */
export type Explanation = {
  readonly diagnosis: Diagnosis;
  readonly image?: string;
  readonly count: number;
  /** `Pod shop/web-1`, in the order of the excerpt. */
  readonly objects: readonly string[];
};

type Group = {
  diagnosis: Diagnosis;
  readonly first: Found;
  readonly image: string | undefined;
  readonly objects: Set<string>;
  count: number;
};

/** Texts that only say that something fails, not why. */
const noCause =
  /^(?:Error: )?(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ImageInspectError|ErrImageNeverPull)?$|^Back-off pulling image "[^"]{0,512}"$|^(?:Error: )?ImagePullBackOff: Back-off pulling image "[^"]{0,512}"$/;
const secretReason = 'FailedToRetrieveImagePullSecret';

/** Gathers the messages of an excerpt: the same cause of the same image is told once, with how often and where. */
export class Explainer {
  readonly #groups = new Map<string, Group>();
  readonly #remembered = new Map<string, Diagnosis>();
  /** Text of the kubelet's warning by object. */
  readonly #warnings = new Map<string, Found>();

  add(message: Found): void {
    if (message.reason === secretReason && message.object !== undefined) {
      if (this.#warnings.size < maxExplanations) this.#warnings.set(message.object, message);
      return;
    }
    const diagnosis = this.#classify(message);
    if (diagnosis.class === 'unknown' && indirectReason.test(message.reason ?? '')) return;
    const image = message.image ?? blamedImage(message.message);
    const key = [
      image === undefined ? '' : normaliseImage(image),
      diagnosis.class,
      diagnosis.inner,
      diagnosis.endpoint,
      noCause.test(message.message),
    ].join('\n');
    const group = this.#groups.get(key);
    if (group === undefined) {
      if (this.#groups.size >= maxExplanations) return;
      const objects = new Set(message.object === undefined ? [] : [message.object]);
      this.#groups.set(key, { diagnosis, first: message, image, objects, count: message.count });
      return;
    }
    group.count += message.count;
    if (message.object !== undefined && group.objects.size < maxObjects) group.objects.add(message.object);
  }

  /** What was found: the most frequent first, what is not understood last. */
  explanations(): readonly Explanation[] {
    const groups = [...this.#groups.values()].map((group) => this.#withWarning(group));
    const causes = groups.filter((group) => !isEmpty(group));
    const open = groups.filter((group) => isEmpty(group) && !causes.some((cause) => covers(cause, group)));
    const covered = new Set([...causes, ...open].flatMap(({ objects }) => [...objects]));
    const warnings = [...this.#warnings.values()].filter(({ object = '' }) => !covered.has(object));
    return [...causes, ...open, ...warnings.map((warning) => this.#warningGroup(warning))]
      .toSorted((a, b) => Number(isUnknown(a)) - Number(isUnknown(b)) || b.count - a.count)
      .map(({ diagnosis, image, count, objects }) => ({
        diagnosis,
        count,
        objects: [...objects],
        ...(image !== undefined && { image }),
      }));
  }

  #classify(message: Found): Diagnosis {
    const key = `${message.reason ?? ''}\n${message.image ?? ''}\n${message.message}`;
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const diagnosis = classify(message);
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
    this.#remembered.set(key, diagnosis);
    return diagnosis;
  }

  /** A missing secret explains a refusal when the kubelet warned of it for one of the same pods. */
  #withWarning(group: Group): Group {
    const warned = [...group.objects].find((object) => this.#warnings.has(object));
    const warning = warned === undefined ? undefined : this.#warnings.get(warned);
    if (warning === undefined) return group;
    return { ...group, diagnosis: classify({ ...group.first, secretWarning: warning.message }) };
  }

  #warningGroup(warning: Found): Group {
    const objects = new Set(warning.object === undefined ? [] : [warning.object]);
    return { diagnosis: classify(warning), first: warning, image: undefined, objects, count: warning.count };
  }
}

function isUnknown({ diagnosis }: Group): boolean {
  return diagnosis.class === 'unknown';
}

function isEmpty(group: Group): boolean {
  return noCause.test(group.first.message.trim());
}

/** Does this cause speak for what the other group leaves open? */
function covers(cause: Group, open: Group): boolean {
  if (
    open.image !== undefined &&
    cause.image !== undefined &&
    normaliseImage(cause.image) === normaliseImage(open.image)
  )
    return true;
  // `Error: ErrImagePull` of an excerpt that names no pod: it goes with whatever else the excerpt tells.
  if (open.image === undefined && open.objects.size === 0) return true;
  return [...open.objects].some((object) => cause.objects.has(object));
}
