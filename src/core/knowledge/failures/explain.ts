import { formatReference, tryParseReference } from '../../image/index.ts';
import type { Diagnosis } from '../../model/index.ts';
import { blamedImage, classify, isAboutNoPull } from './classify.ts';
import { indirectReason, isFailedPull, pullReasons, type Found } from './excerpts/index.ts';
import { Arrivals, type Numbered } from './gather/arrivals.ts';
import {
  addTo,
  causeKey,
  emptyGroup,
  groupKey,
  joined,
  objectsOf,
  together,
  type Group,
} from './gather/group.ts';
import { bareName, Waits } from './gather/waits.ts';
import { secretOf, Warnings } from './gather/warnings.ts';
import { publicOriginal } from '../mirrors/index.ts';
import { isOfMirror, weigh, type Weighed } from './weigh.ts';

/** Different texts whose diagnosis is remembered: logs repeat themselves. */
const maxRemembered = 4096;
/** Different images and causes that are kept apart; real excerpts hold a handful. */
const maxGroups = 10_000;
/** Endpoints that one pull passes over. */
const maxPassed = 16;

/** What an excerpt tells of one image: the decisive cause, as often as it was told, and where. */
export type Explanation = {
  readonly diagnosis: Diagnosis;
  /** Other causes of the same pull: a mirror that was passed over, an earlier attempt. */
  readonly others: readonly Diagnosis[];
  readonly image?: string;
  /** The original that the path of a copy names: `ghcr.io/x/y:1` of `localhost:7439/ghcr.io/x/y:1`. */
  readonly original?: string;
  readonly count: number;
  /** `Pod shop/web-1`, in the order of the excerpt. */
  readonly objects: readonly string[];
  readonly container?: string;
  readonly node?: string;
  /** The pull secret that the text names. */
  readonly secret?: string;
};

/** Texts that only say that something fails, not why. */
const noCause =
  /^(?:Error syncing pod)?$|^(?:Error: )?(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ImageInspectError|ErrImageNeverPull)?$|^Back-off pulling image "[^"]{0,512}"$|^(?:Error: )?ImagePullBackOff: Back-off pulling image "[^"]{0,512}"$|^(?:ERROR: )?Job failed(?: \(system failure\))?: prepare environment: waiting for pod running: timed out\b|^(?:重新)?(?:实例)?(?:拉取镜像|镜像拉取)失败$|^[【[（(]?[^:：]{0,20}(?:拉取镜像|镜像拉取)失败[】\])）]?$/;
/** How programs end that ran another one. */
const onlyExit = /^[^"'/]{0,200}\bexit(?:ed with)? (?:code|status):? \d{1,3}[.:]?$/;
/** Columns and states of consoles that hold the kubelet's word and nothing else, and the command that failed. */
const onlyReason = new RegExp(String.raw`^[^"]{0,80}(?:${pullReasons})[^"]{0,40}$`);
/** Prose that names the reason, where nothing else is understood. */
const namesReason = new RegExp(String.raw`(?<!\w)(?:${pullReasons})(?![a-z])`);
const onlyCommand = /^(?:pull image failed: )?Failed to exec command: /;
const secretReason = 'FailedToRetrieveImagePullSecret';

/** Gathers the messages of an excerpt: all that is told of one image is one explanation, with how often and where. */
export class Explainer {
  readonly #groups = new Map<string, Group>();
  readonly #remembered = new Map<string, Diagnosis>();
  readonly #warnings = new Warnings(maxGroups);
  readonly #arrivals = new Arrivals(maxGroups);
  readonly #waits = new Waits(maxGroups);
  /** Nodes of pods, by the scheduler's word. */
  readonly #nodes = new Map<string, string>();
  readonly #scheduled = new Map<string, number>();
  /** Of the pull that is under way: its image, and the endpoints that failed so far. */
  #pulling: string | undefined;
  #passed: Numbered[] = [];
  #at = 0;

  add(found: Found): void {
    const message = { ...found, at: (this.#at += 1) };
    switch (message.tells) {
      case 'scheduled':
        if (message.object !== undefined && message.node !== undefined && this.#nodes.size < maxGroups)
          this.#nodes.set(message.object, message.node);
        if (message.object !== undefined && this.#scheduled.size < 2)
          this.#scheduled.set(message.object, message.at);
        return;
      case 'started':
        this.#pulling = message.image;
        this.#waits.begun(message);
        return;
      case 'went-on':
        this.#waits.wentOn(message);
        return;
      case 'passed-over':
        if (this.#passed.length < maxPassed) this.#passed.push(message);
        return;
      case 'pulled':
        this.#passed = this.#passed.filter((one) => isOfOther(one, message.image));
        this.#arrivals.add(message);
        return;
      case undefined:
        this.#waits.wentOn(message);
        this.#addFailure(message);
    }
  }

  /** What was found: the most frequent first, what is not understood last. */
  explanations(): readonly Explanation[] {
    this.#endPassed();
    this.#endWaits();
    this.#placeRows();
    this.#nameSpaces();
    const groups = joined([...this.#groups.values()].filter((group) => !this.#hasRecovered(group)));
    const causes = groups.filter((group) => group.causes.size > 0);
    const open = groups.filter((group) => group.causes.size === 0);
    const pulls = causes.filter((group) => !isInstall(group));
    const told = [
      ...(pulls.length > 0 ? pulls : causes),
      ...together(
        open.filter((group) => !causes.some((cause) => covers(cause, group))),
        (group) => this.#stateOf(group),
      ),
    ];
    const objects = new Set(told.flatMap(objectsOf));
    const warnings = this.#warnings.groups((object) => objects.has(object) || this.#arrivals.hasFor(object));
    return [
      ...told.map((group) => this.#explain(group)),
      ...warnings.map((group) => this.#explain(group)),
    ].toSorted((a, b) => Number(isUnknown(a)) - Number(isUnknown(b)) || b.count - a.count);
  }

  #addFailure(message: Numbered): void {
    if (message.reason === secretReason) {
      this.#warnings.add(message);
      return;
    }
    const diagnosis = this.#classify(message);
    const image = message.image ?? blamedImage(message.message);
    const isProse = image === undefined && namesReason.test(message.message);
    const isBare = isProse || isWithoutCause(message.message.trim());
    const isElsewhere = indirectReason.test(message.reason ?? '') && !isFailedPull(message.message);
    if (diagnosis.class === 'unknown' && (isElsewhere || isAboutNoPull(message))) return;
    if (diagnosis.variant === 'secret-only-named') {
      this.#warnings.add(message);
      return;
    }
    const isTold = !isBare || diagnosis.class !== 'unknown';
    const group = this.#groupFor(image, isTold ? diagnosis : undefined, message.object);
    if (group === undefined) return;
    addTo(group, message, isTold ? diagnosis : undefined);
    if (isTold) this.#attachPassed(group);
  }

  #groupFor(
    image: string | undefined,
    diagnosis: Diagnosis | undefined,
    object: string | undefined,
  ): Group | undefined {
    const key = groupKey(image, diagnosis, object);
    const known = this.#groups.get(key);
    if (known !== undefined || this.#groups.size >= maxGroups) return known;
    const group = emptyGroup(image);
    this.#groups.set(key, group);
    return group;
  }

  /** Endpoints that were passed over belong to the pull that failed in the end. */
  #attachPassed(group: Group): void {
    const { image } = group;
    for (const one of this.#passed) {
      if (image !== undefined && isOfOther(one, image)) continue;
      if (group.passed.length < maxPassed)
        group.passed.push(this.#classify(image === undefined ? one : { ...one, image }));
    }
    this.#passed = image === undefined ? [] : this.#passed.filter((one) => isOfOther(one, image));
    this.#pulling = undefined;
  }

  /** The excerpt ends before the pull does: what the endpoints said is all there is. */
  #endPassed(): void {
    for (const one of this.#passed) {
      const image = one.image ?? this.#pulling ?? imageOfUrl(one.message);
      const diagnosis = this.#classify(image === undefined ? one : { ...one, image });
      const group = this.#groupFor(image, diagnosis, one.object);
      if (group !== undefined) addTo(group, one, diagnosis);
    }
    this.#passed = [];
  }

  /** A pull that goes on for long, unless it failed or another text says that the image is there. */
  #endWaits(): void {
    for (const message of this.#waits.failures(this.#nodes.keys())) {
      const { image } = message;
      if (image === undefined || this.#groups.has(groupKey(image, undefined, undefined))) continue;
      if (!this.#arrivals.has(message, image)) this.#addFailure(message);
    }
  }

  #classify(message: Found): Diagnosis {
    const key = [message.reason, message.image, message.host, message.message].join('\n');
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const diagnosis = classify(message);
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
    this.#remembered.set(key, diagnosis);
    return diagnosis;
  }

  /** Rows of `kubectl describe` whose head is missing, newest first: the scheduler's row names their pod at the end. */
  #placeRows(): void {
    const [[object, at] = [], ...more] = this.#scheduled;
    if (object === undefined || at === undefined || more.length > 0) return;
    for (const { places } of this.#groups.values()) {
      const row = places.get('');
      if (row?.ago === undefined || row.at > at || places.size > 1) continue;
      places.delete('');
      places.set(object, { ...row, object });
    }
  }

  /** The scheduler's row, or a row of another table, names the namespace of a pod, where the table has none. */
  #nameSpaces(): void {
    const told = [...[...this.#groups.values()].flatMap(objectsOf), ...this.#nodes.keys()];
    const whole = new Set(told.filter((object) => object.includes('/')));
    const byName = Map.groupBy(whole, bareName);
    for (const { places } of this.#groups.values()) {
      for (const [object, place] of places) {
        // Two namespaces may hold pods of one name.
        const [named, ...more] = object.includes('/') ? [] : (byName.get(object) ?? []);
        if (named === undefined || named === object || more.length > 0) continue;
        places.delete(object);
        places.set(named, { ...place, object: named });
      }
    }
  }

  /** Pods of which a table tells nothing but their state are told at once. */
  #stateOf({ image, places }: Group): string {
    const [place] = places.values();
    return groupKey(image, place === undefined ? undefined : this.#classify(place), undefined);
  }

  #hasRecovered({ image, causes, places }: Group): boolean {
    if (image === undefined && causes.size > 0) return false;
    return [...places.values()].every((failure) =>
      image === undefined ? this.#arrivals.hasAfter(failure) : this.#arrivals.has(failure, image),
    );
  }

  #explain(group: Group): Explanation {
    const { causes, bare, places, passed } = group;
    const asked = group.image === undefined ? imageAsked(group) : undefined;
    const image = group.image ?? asked;
    const objects = objectsOf(group);
    const told = [...causes.values()].map(({ diagnosis, first }) =>
      asked === undefined
        ? this.#withWarning(diagnosis, first, objects)
        : this.#classify({ ...first, image: asked }),
    );
    const weighed = decide(told, passed, image);
    const diagnosis =
      weighed?.decisive ?? this.#classify([...places.values()][0] ?? { message: '', count: 1 });
    const others = distinct(weighed?.others ?? []).filter(
      (other) => other.class !== 'unknown' && causeKey(other) !== causeKey(diagnosis),
    );
    const counts = [...causes.values()].map(({ count }) => count);
    const all = [...places.values()];
    const nodes = objects.flatMap((object) => this.#nodes.get(object) ?? []);
    const texts = [...causes.values()].map(({ first }) => first.message);
    const secret = this.#warnings.secretFor(objects) ?? texts.map(secretOf).find(Boolean);
    const container = all.find((place) => place.container !== undefined)?.container;
    const node = all.find((place) => place.node !== undefined)?.node ?? nodes[0];
    const reference = image === undefined ? undefined : tryParseReference(image);
    const known = reference === undefined ? undefined : publicOriginal(reference);
    const original = known?.certainty === 'certain' ? known.original : undefined;
    return {
      diagnosis,
      others,
      count: counts.length === 0 ? Math.max(1, bare) : counts.reduce((sum, count) => sum + count, 0),
      objects,
      ...(image !== undefined && { image }),
      ...(original !== undefined && { original: formatReference(original) }),
      ...(container !== undefined && { container }),
      ...(node !== undefined && { node }),
      ...(secret !== undefined && { secret }),
    };
  }

  /** A missing secret explains a refusal when the kubelet warned of it for one of the same pods. */
  #withWarning(diagnosis: Diagnosis, first: Found, objects: readonly string[]): Diagnosis {
    const secretWarning = this.#warnings.textFor(objects);
    return secretWarning === undefined ? diagnosis : classify({ ...first, secretWarning });
  }
}

function isWithoutCause(text: string): boolean {
  return noCause.test(text) || onlyReason.test(text) || onlyCommand.test(text) || onlyExit.test(text);
}

/**
 * What was told in the end decides, unless a mirror told it: then the origin that was asked too may say more. An
 * endpoint that was passed over is of the sandbox's pull where a sandbox failed.
 */
function decide(
  told: readonly Diagnosis[],
  passed: readonly Diagnosis[],
  image: string | undefined,
): Weighed | undefined {
  const isSandbox = told.some((one) => one.class === 'sandbox-image');
  const inside = (one: Diagnosis): Diagnosis => {
    if (!isSandbox || one.class === 'sandbox-image') return one;
    const { variant: _, ...rest } = one;
    return { ...rest, class: 'sandbox-image', inner: one.class };
  };
  const [own, others] = [told.map(inside), passed.map(inside)];
  const last = weigh(own, image);
  if (last === undefined || last.decisive.class === 'unknown' || isOfMirror(last.decisive, image))
    return weigh([...own, ...others], image);
  return { decisive: last.decisive, others: [...last.others, ...others] };
}

function distinct(all: readonly Diagnosis[]): readonly Diagnosis[] {
  return [...new Map(all.map((one) => [causeKey(one), one])).values()];
}

function isUnknown({ diagnosis }: Explanation): boolean {
  return diagnosis.class === 'unknown';
}

/** An installer that gave up waiting: a consequence where the text tells of the pull too. */
function isInstall({ image, causes, places }: Group): boolean {
  return (
    image === undefined &&
    [...places.keys()].every((object) => object === '') &&
    [...causes.values()].every(({ diagnosis }) => diagnosis.class === 'dependent-install')
  );
}

/** Does this cause speak for a group that names none? Two images of one pod are two. */
function covers(cause: Group, open: Group): boolean {
  if (open.image !== undefined && cause.image !== undefined) return false;
  const objects = objectsOf(open);
  return objects.length === 0 || objects.some((object) => cause.places.has(object));
}

/** Is what an endpoint said about another image than this one, as far as its URL tells? */
function isOfOther(passed: Found, image: string | undefined): boolean {
  const path = imageOfUrl(passed.message);
  const own = path === undefined ? undefined : tryParseReference(path);
  const other = image === undefined ? undefined : tryParseReference(image);
  if (own === undefined || other === undefined) return false;
  // A mirror may put its own path before the name.
  return !own.repository.endsWith(other.repository.replace(/^library\//, ''));
}

/** Where no text names an image: that of the manifest which all of them asked for. */
function imageAsked({ causes }: Group): string | undefined {
  const asked = new Set([...causes.values()].map(({ first }) => imageOfUrl(first.message)));
  const [image] = asked;
  return asked.size === 1 ? image : undefined;
}

/** `registry-1.docker.io/library/mysql:8` of the URL of its manifest; `?ns=` names the registry. */
function imageOfUrl(text: string): string | undefined {
  const [, host, path, written = '', query = ''] =
    /https?:\/\/([\w.:-]{1,255})\/v2\/([\w./-]{1,255})\/manifests\/([\w.:-]{1,200})(\?[^\s"':]{0,200})?/.exec(
      text,
    ) ?? [];
  const tag = written.replace(/[.:]+$/, '');
  if (host === undefined || path === undefined || tag === '') return undefined;
  const registry =
    /[?&]ns=([\w.-]{1,255})/.exec(query)?.[1] ??
    host.replace(/^(?:registry-1|index)\.docker\.io$/, 'docker.io');
  return tag.includes(':') ? `${registry}/${path}@${tag}` : `${registry}/${path}:${tag}`;
}
