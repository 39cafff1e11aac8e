import type { ObjectRef } from './api.ts';
import type { DirectPlace } from './usage.ts';

/**
 * `corrected`: the owner's template names another image by now, the pod is of an older revision; `added`: no template
 * has the container; `rewritten`: the template is of this revision and names another image; `made`: what pullmend does
 * not know as a controller made the object, and decides its image.
 */
export type DeviationKind = 'corrected' | 'added' | 'rewritten' | 'made';

/** Who puts an image into pods: a webhook configuration, an admission policy, the owner of an unknown kind. */
export type Author = {
  readonly object: ObjectRef;
  /** `named`: it names the image, or a mark on the pod names it; `possible`: it is asked about such pods. */
  readonly certainty: 'named' | 'possible';
};

/** A place outside of templates from which somebody takes the image. */
export type ImageSource = {
  readonly object: ObjectRef;
  /** Name of the variable, argument or key. */
  readonly name: string;
  /** Container of the variable. */
  readonly container?: string;
  readonly path: string;
};

/** Why the image of a failing container is not the one of a template that a person could change, and where it is. */
export type Deviation = {
  readonly kind: DeviationKind;
  readonly place: DirectPlace;
  readonly container: string;
  /** As the pod has it. */
  readonly image: string;
  /** What the owner's template names instead; absent when it has no such container. */
  readonly template?: string;
  /** The object that owns the pod in the end. */
  readonly owner: ObjectRef;
  readonly pods: number;
  /** Of `corrected`: the pods, or Jobs, that are left from before. */
  readonly left?: readonly ObjectRef[];
  /** A program that is known to do so, by its marks: `istio`. */
  readonly injector?: string;
  readonly by: readonly Author[];
  readonly sources: readonly ImageSource[];
};
