import type { ObjectRef } from './api.ts';
import type { ManagerRef } from './schemas/manager.ts';
import type { DirectPlace } from './usage.ts';

/** One object of the way from a pod up to what a person edits. */
export type OwnerLink = {
  readonly ref: ObjectRef;
  /** Of the first one nothing: it was asked about. `mirror-pod`: a file on that node is what the pod is made of. */
  readonly by: 'asked' | 'owner-reference' | 'mirror-pod';
  readonly state: 'there' | 'gone' | 'unreadable';
  /** The right that is missing where it may not be read, e.g. `get shops.lab.example in shop`. */
  readonly right?: string;
};

/** A tool that brings an object, and what it does about an edit of it. */
export type Delivery = {
  readonly object: ObjectRef;
  readonly manager: ManagerRef;
  /**
   * `reverts`: puts it back by itself; `overwrites`: with its next release; `held`: told not to, for now; `gone`: only
   * its marks are left; `unreadable`: its settings may not be read.
   */
  readonly does: 'reverts' | 'overwrites' | 'held' | 'gone' | 'unreadable';
  /** Where it takes the object from: a repository with a path, a chart. */
  readonly source?: string;
  readonly right?: string;
};

/** The program that carries out a custom resource. */
export type OperatorFact = {
  readonly object: ObjectRef;
  /** `known`: by what is known of operators; `field-manager`: it wrote the object; `name`: it is called so. */
  readonly by: 'known' | 'field-manager' | 'name';
  /** Name in the list of known operators. */
  readonly operator?: string;
  /** Pods that it should have, and those that are ready. */
  readonly wanted: number;
  readonly ready: number;
};

/** Who wrote the image as it stands, besides people. */
export type FieldWriter = {
  readonly object: ObjectRef;
  readonly manager: string;
  /** ISO 8601; absent where the API server does not tell. */
  readonly at?: string;
};

/** An edit that an earlier run made and that somebody put back. */
export type PutBack = {
  readonly object: ObjectRef;
  readonly by: string;
  readonly at: string;
  readonly run: string;
};

/** A place where a person sets an image so that it stays. */
export type EditPlace = {
  readonly place: DirectPlace;
  readonly container: string;
  /** As it is now. */
  readonly image: string;
  /** What is edited. Absent where only the tool in `through` has it. */
  readonly object?: ObjectRef;
  /** JSON pointer of the field, where it is known. */
  readonly path?: string;
  /** Name of the flag, the variable or the key. */
  readonly setting?: string;
  /** Which part of the name stands there, where it is not the whole. */
  readonly part?: string;
  /** Nothing stands there yet; the program has a default of its own. */
  readonly isUnset?: true;
  /** `template`: the object names it; `image`: found by the image that stands there; `known`: what is known of the operator. */
  readonly by: 'template' | 'image' | 'known' | 'mirror-pod' | 'admission' | 'delivery';
  /** The object is brought by this tool: it is changed there. */
  readonly through?: ManagerRef;
};

/** What becomes of an edit of `subject`: it stays, it is put back, or nobody can say. */
export type OwnershipVerdict = 'kept' | 'reverted' | 'unknown';

/** Who owns an object, whether an edit of it stays, and where a person edits instead. */
export type OwnershipReport = {
  /** The object whose edit is judged: the topmost that has a pod template, else the one that was asked about. */
  readonly subject: ObjectRef;
  /** From what was asked about to the topmost. */
  readonly chain: readonly OwnerLink[];
  readonly deliveries: readonly Delivery[];
  readonly operators: readonly OperatorFact[];
  readonly writers: readonly FieldWriter[];
  readonly putBack: readonly PutBack[];
  /** Webhook configurations and policies that put an image into the pod. */
  readonly admission: readonly ObjectRef[];
  readonly isDeleted: boolean;
  readonly verdict: OwnershipVerdict;
  /** An edit stays only until its next release. */
  readonly until?: ManagerRef;
  readonly places: readonly EditPlace[];
};

/** What the cluster tells, before it is judged. */
export type OwnershipFacts = Omit<OwnershipReport, 'verdict' | 'until' | 'putBack'> & {
  /** Of the known operator that carries out the custom resource: does it put edits of its children back. */
  readonly operatorReverts?: 'always' | 'on-change' | 'never' | 'unknown';
};
