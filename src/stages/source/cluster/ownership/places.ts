import type { Kube } from '../../../../adapters/kube/index.ts';
import { readField } from '../../../../core/edit/index.ts';
import { isCalled, placesOf, type Operator } from '../../../../core/knowledge/operators/index.ts';
import {
  apiGroup,
  asList,
  asObject,
  asText,
  objectRef,
  podSurfaces,
  type PodSurface,
} from '../../../../core/knowledge/pods/index.ts';
import type {
  Delivery,
  EditPlace,
  ImageSource,
  JsonObject,
  ManagerRef,
  ObjectRef,
} from '../../../../core/model/index.ts';
import { firstOf } from '../chains/events.ts';
import { sourceReader } from '../deviations/sources.ts';
import { podSpecPathOf } from '../standing.ts';
import type { FoundOperator } from './operators.ts';

/** Places of one image that are told: the first ones win. */
const mostPlaces = 4;

type Image = Pick<EditPlace, 'place' | 'container' | 'image'>;

export type PlaceFacts = {
  /** Has the pod template, or is the pod. */
  readonly subject: JsonObject;
  /** Custom resources above it that were read, the topmost last. */
  readonly resources: readonly JsonObject[];
  readonly operators: readonly FoundOperator[];
  readonly known?: Operator;
  readonly deliveries: readonly Delivery[];
  /** The node of a static pod. */
  readonly node?: ObjectRef;
};

/** Where a person sets each image of an object so that it stays, what wins first. */
export async function placesToEdit(kube: Kube, facts: PlaceFacts): Promise<readonly EditPlace[]> {
  const { subject, node } = facts;
  const base = podSpecPathOf(subject);
  const surfaces = podSurfaces(readField(subject, base), base);
  const sources = sourceReader(kube);
  const all = surfaces.map(async (surface): Promise<readonly EditPlace[]> => {
    const image = { place: surface.place, container: surface.name, image: surface.image };
    if (node !== undefined) return [{ ...image, object: node, by: 'mirror-pod' }];
    const own = throughDelivery(templatePlace(subject, surface, image), facts);
    if (facts.resources.length === 0) return [own];
    const [nearest] = facts.resources;
    const learned = nearest === undefined ? [] : await sources.ofOwner(objectRef(nearest), surface.image);
    const told = [
      ...learned.map(({ source }) => learnedPlace(source, image)),
      ...(await knownPlaces(kube, surface, image, facts)),
    ];
    return unique(told)
      .slice(0, mostPlaces)
      .map((place) => throughDelivery(place, facts));
  });
  return (await Promise.all(all)).flat();
}

function templatePlace(subject: JsonObject, { path }: PodSurface, image: Image): EditPlace {
  return { ...image, object: objectRef(subject), path, by: 'template' };
}

function learnedPlace({ object, path, name }: ImageSource, image: Image): EditPlace {
  const isField = /^\/(?:spec|metadata)\//.test(path) && !/\/(?:args|command|env)\b/.test(path);
  return { ...image, object, path, ...(isField ? {} : { setting: name }), by: 'image' };
}

/** What is known of the operator, with what stands there now. */
async function knownPlaces(
  kube: Kube,
  surface: PodSurface,
  image: Image,
  { known, resources, operators }: PlaceFacts,
): Promise<readonly EditPlace[]> {
  if (known === undefined) return [];
  const rows = placesOf(known, surface.image).filter(
    ({ container }) => container === undefined || container === surface.name,
  );
  const places = rows.map(async ({ at }): Promise<readonly EditPlace[]> => {
    const part = at.part === undefined ? {} : { part: at.part };
    if ('field' in at) {
      const owners = resources.filter(
        (one) => one.kind === at.kind && apiGroup(asText(one.apiVersion) ?? '') === at.group,
      );
      return owners.map((one) => ({
        ...image,
        object: objectRef(one),
        path: at.field,
        ...part,
        ...(isThere(one, at.field) ? {} : { isUnset: true as const }),
        by: 'known',
      }));
    }
    if ('configMap' in at) return await configMapPlaces(kube, at, operators, image, part);
    const setting = 'flag' in at ? at.flag : at.env;
    return operators.map(({ object }) => ({
      ...image,
      object: objectRef(object),
      setting,
      ...part,
      ...(namesSetting(object, setting) ? {} : { isUnset: true as const }),
      by: 'known',
    }));
  });
  return (await Promise.all(places)).flat();
}

/** In the namespace of the operator; only those that are there: an empty one would be read by nobody. */
async function configMapPlaces(
  kube: Kube,
  at: { readonly configMap: string; readonly key: string },
  operators: readonly FoundOperator[],
  image: Image,
  part: Pick<EditPlace, 'part'>,
): Promise<readonly EditPlace[]> {
  const namespaces = new Set(operators.flatMap(({ fact }) => fact.object.namespace ?? []));
  const lists = await Promise.all(
    [...namespaces].map((namespace) => firstOf(kube, 'ConfigMap', undefined, namespace)),
  );
  return lists
    .flat()
    .map(objectRef)
    .filter(({ name }) => isCalled(at.configMap, name))
    .map((object) => ({ ...image, object, setting: at.key, ...part, by: 'known' }));
}

/** `*` stands for any item, so that only what is before it can be looked up. */
function isThere(object: JsonObject, path: string): boolean {
  return readField(object, path.split('/*', 1).join('')) !== undefined;
}

function namesSetting(workload: JsonObject, setting: string): boolean {
  const spec = asObject(readField(workload, podSpecPathOf(workload)));
  return asList(spec.containers).some((entry) => {
    const { args, command, env } = asObject(entry);
    const words = [...asList(command), ...asList(args)];
    return (
      words.some(
        (word) => word === setting || (typeof word === 'string' && word.startsWith(`${setting}=`)),
      ) || asList(env).some((one) => asObject(one).name === setting)
    );
  });
}

/** What a tool brings is changed in its source: the object only shows what it is called there. */
function throughDelivery(place: EditPlace, { deliveries }: PlaceFacts): EditPlace {
  const through = deliveries.find(
    ({ object, does }) => does !== 'gone' && object.uid === place.object?.uid && object.uid !== undefined,
  )?.manager;
  return through === undefined ? place : { ...place, through: asRef(through) };
}

function asRef({ by, kind, namespace, name }: ManagerRef): ManagerRef {
  return {
    by,
    ...(kind === undefined ? {} : { kind }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

function unique(places: readonly EditPlace[]): readonly EditPlace[] {
  const keyOf = ({ object, path, setting }: EditPlace): string =>
    [object?.kind, object?.namespace, object?.name, setting ?? path].join(' ');
  const all = new Map<string, EditPlace>();
  for (const place of places) if (!all.has(keyOf(place))) all.set(keyOf(place), place);
  return [...all.values()];
}
