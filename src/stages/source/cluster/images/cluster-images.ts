import pLimit from 'p-limit';
import type { Kube, ListOptions } from '../../../../adapters/kube/index.ts';
import { isError } from '../../../../core/base/index.ts';
import {
  apiGroup,
  asText,
  dig,
  kindInfo,
  kinds,
  objectRef,
  type KindInfo,
} from '../../../../core/knowledge/pods/index.ts';
import {
  objectName,
  type ImageListing,
  type ImagesFound,
  type JsonObject,
} from '../../../../core/model/index.ts';
import { imagesOfDocument } from '../../images-of.ts';
import { compareText } from '../order.ts';
import { controllerOf } from '../pods.ts';
import { customKindsWithImages } from './custom-kinds.ts';
import { imagesOfPods } from './pod-images.ts';

/** The part of a cluster whose images are listed. */
export type ListScope = {
  /** Absent: all namespaces, and what is in none. */
  readonly namespace?: string;
  /** Labels of the objects and pods. */
  readonly selector?: string;
  readonly signal?: AbortSignal;
};

/** Lists at a time. */
const concurrency = 6;

/** A ConfigMap may have 1 MB. */
const mapsPerPage = 100;

/** What pullmend wrote itself: records of runs. */
const ownLabel = 'pullmend.dev/run';

type Read = {
  /** Of a custom resource that went away meanwhile there is nothing. */
  readonly objects: readonly JsonObject[];
  readonly notRead?: string;
};

/**
 * Every image that the objects of a cluster bring into pods: templates, what pods have beyond the templates of their
 * owners, ConfigMaps and custom resources. What the user may not read is told in the notes.
 */
export async function imagesOfCluster(kube: Kube, scope: ListScope): Promise<ImageListing> {
  const limit = pLimit(concurrency);
  const read = async (kind: string | KindInfo, options: ListOptions = {}): Promise<Read> =>
    await limit(() => readAll(kube, kind, { ...listOptions(scope), ...options }));
  const templates = kinds.filter(({ kind, podSpecPath }) => podSpecPath !== undefined && kind !== 'Pod');
  const [pods, maps, custom, ...workloads] = await Promise.all([
    read('Pod'),
    read('ConfigMap', { limit: mapsPerPage }),
    readCustom(kube, scope, read),
    ...templates.map(({ kind }) => read(kind)),
  ]);
  const listed = new Map(
    workloads.flatMap(({ objects }) => objects).map((object) => [objectRef(object).uid ?? '', object]),
  );
  const { owners, found } = await imagesOfPods(kube, pods.objects, listed);
  const own = [...new Map([...listed, ...owners]).values()].filter((object) => !isCopy(object));
  const others = [...maps.objects.filter((map) => !isOwn(map)), ...custom.flatMap(({ objects }) => objects)];
  const all = [...[...own, ...others].map((object) => imagesOfDocument(object)), found];
  const notRead = [pods, maps, ...custom, ...workloads].flatMap((it) => it.notRead ?? []);
  return {
    groups: [sorted(all)],
    notes: notRead.map((resource) => ({ kind: 'not-read', resource })),
  };
}

function listOptions({ namespace, selector, signal }: ListScope): ListOptions {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(selector === undefined ? {} : { labelSelector: selector }),
    ...(signal === undefined ? {} : { signal }),
  };
}

async function readCustom(
  kube: Kube,
  scope: ListScope,
  read: (kind: KindInfo) => Promise<Read>,
): Promise<readonly Read[]> {
  try {
    const found = await customKindsWithImages(kube);
    const inScope = found.filter(({ namespaced }) => namespaced || scope.namespace === undefined);
    return await Promise.all(inScope.map(read));
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
    return [{ objects: [], notRead: 'customresourcedefinitions.apiextensions.k8s.io' }];
  }
}

async function readAll(kube: Kube, kind: string | KindInfo, options: ListOptions): Promise<Read> {
  const objects: JsonObject[] = [];
  try {
    for await (const page of kube.pages(kind, options)) objects.push(...page.map(slim));
    return { objects };
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND') && typeof kind !== 'string') return { objects };
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
    return { objects, notRead: error.params.resource };
  }
}

/** Without what holds no image and may be long. */
function slim(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = dig(object, 'metadata') as JsonObject;
  return { ...object, metadata };
}

/** Made from a template that is listed itself, e.g. the ReplicaSets of a Deployment. */
function isCopy(object: JsonObject): boolean {
  const controller = controllerOf(object);
  return (
    controller !== undefined && kindInfo(controller.kind, controller.apiVersion)?.podSpecPath !== undefined
  );
}

function isOwn(map: JsonObject): boolean {
  return asText(dig(map, 'metadata', 'labels', ownLabel)) !== undefined;
}

function sorted(all: readonly ImagesFound[]): ImagesFound {
  const byObject = <T extends { readonly object: ImagesFound['usages'][number]['object'] }>(
    list: readonly T[],
  ) => list.toSorted((a, b) => compareText(orderOf(a.object), orderOf(b.object)));
  return {
    usages: byObject(all.flatMap(({ usages }) => usages)),
    lookAlikes: byObject(all.flatMap(({ lookAlikes }) => lookAlikes)),
  };
}

/** By namespace, then group and name. */
function orderOf(ref: ImagesFound['usages'][number]['object']): string {
  return [ref.namespace ?? '', apiGroup(ref.apiVersion), objectName(ref)].join(' ');
}
