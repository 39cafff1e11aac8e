import type { Kube } from '../../../../adapters/kube/index.ts';
import { objectRef } from '../../../../core/knowledge/pods/index.ts';
import type { Chain, ChainLink, FailureClass, JsonObject, ObjectRef } from '../../../../core/model/index.ts';
import { failingPod, type FailingPod } from '../pods.ts';
import { firstOf, listReadable } from './events.ts';

/** A pod whose image does not arrive, with all that the API says of it. */
export type Culprit = { readonly pod: FailingPod; readonly object: JsonObject };

/** What following chains needs; lists are read once, when the first chain asks for them. */
export type ChainContext = {
  readonly kube: Kube;
  /** Failing pods of every namespace that have not started before. */
  readonly pending: () => Promise<readonly Culprit[]>;
  /** Undefined where the user may not read them. */
  readonly storageClasses: () => Promise<readonly JsonObject[] | undefined>;
};

/** What one kind of chain has found. */
export type Found = { readonly chains: readonly Chain[]; readonly culprits: readonly Culprit[] };

export function chainContext(kube: Kube): ChainContext {
  let pending: Promise<readonly Culprit[]> | undefined;
  let classes: Promise<readonly JsonObject[] | undefined> | undefined;
  return {
    kube,
    pending: () => (pending ??= firstOf(kube, 'Pod', 'status.phase=Pending').then(culpritsIn)),
    storageClasses: () => (classes ??= listReadable(kube, 'StorageClass')),
  };
}

/** Those of the pods whose image does not arrive. */
export function culpritsIn(pods: readonly JsonObject[]): readonly Culprit[] {
  return pods.flatMap((object) => {
    const pod = failingPod(object);
    return pod === undefined ? [] : [{ pod, object }];
  });
}

export function chain(failure: FailureClass, first: ChainLink, ...more: readonly ChainLink[]): Chain {
  return { class: failure, links: [first, ...more] };
}

/** A link to something that only leads on, or whose trouble is told elsewhere. */
export function link(object: ObjectRef, symptom = ''): ChainLink {
  return { object, symptom };
}

export function linkTo(object: JsonObject, symptom = ''): ChainLink {
  return link(objectRef(object), symptom);
}

export function nodeRef(name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Node', name };
}

export function merged(all: readonly Found[]): Found {
  return { chains: all.flatMap(({ chains }) => chains), culprits: all.flatMap(({ culprits }) => culprits) };
}
