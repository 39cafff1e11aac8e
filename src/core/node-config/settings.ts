import { parseReference, repositoryName } from '../image/index.ts';
import { mirrorReference } from '../knowledge/mirrors/index.ts';
import type { Mirror, NodeMirror, NodeSettings, RegistryMirrors } from '../model/index.ts';
import type { Untold } from './types.ts';

/** Repositories of every shape: what a mirror makes of them shows whether it only puts something in front. */
const shapes = ['library/x', 'a/x', 'a/b/x'] as const;

/**
 * What nodes are told of mirrors, by the registries that pods name. A node can only put something in front of a
 * repository; a mirror that renames in another way is left out, and told.
 *
 * @param caOf the PEM of a mirror's authority, where it has one of its own.
 */
export function settingsFor(
  mirrors: readonly Mirror[],
  registries: readonly string[],
  caOf: (mirror: Mirror) => string | undefined = () => undefined,
): { readonly settings: NodeSettings; readonly untold: readonly Untold[] } {
  const untold: Untold[] = [];
  const all = registries.flatMap((registry): readonly RegistryMirrors[] => {
    const told = mirrors.flatMap((mirror) => {
      const found = nodeMirrorOf(mirror, registry, caOf(mirror));
      if (typeof found !== 'string') return found;
      untold.push({ mirror: mirror.name, registry, reason: found });
      return [];
    });
    return told.length === 0 ? [] : [{ registry, mirrors: told }];
  });
  return { settings: { registries: all }, untold };
}

function nodeMirrorOf(
  mirror: Mirror,
  registry: string,
  ca: string | undefined,
): readonly NodeMirror[] | 'renames' | 'credentials' {
  const named = shapes.map((shape) => {
    const original = parseReference(`${registry}/${shape}`);
    const mirrored = mirrorReference(mirror, original);
    return { shape, mirrored: mirrored === undefined ? undefined : repositoryName(mirrored) };
  });
  const served = named.filter(({ mirrored }) => mirrored !== undefined);
  if (served.length === 0) return [];
  const fronts = new Map(served.map(({ shape, mirrored = '' }) => [shape, frontOf(mirrored, shape)]));
  const [whole, ...others] = shapes.map((shape) => fronts.get(shape));
  const [{ mirrored: nginx = '' } = {}] = named;
  // Where the official images lie, whatever is written in place of `library/`.
  const official = frontOf(nginx, 'x');
  const base = { name: mirror.name, ...(ca === undefined ? {} : { ca }) };
  const at = (front: string, below?: string): NodeMirror => ({
    ...base,
    ...placeOf(mirror, front),
    ...(below === undefined ? {} : { below }),
  });
  if (mirror.credentials.from !== 'anonymous' && !mirror.nodesHaveCredentials) return 'credentials';
  const [front] = others;
  if (front !== undefined && others.every((one) => one === front)) {
    if (whole === front) return [at(front)];
    // Copies in a Harbor project: official images lie beside the others.
    return official === undefined ? [] : [at(official, 'library'), at(front)];
  }
  return official !== undefined && served.length === 1 ? [at(official, 'library')] : 'renames';
}

/** What stands in front of the repository in the mirror's name; undefined when it is renamed. */
function frontOf(mirrored: string, repository: string): string | undefined {
  return mirrored.endsWith(`/${repository}`) ? mirrored.slice(0, -repository.length - 1) : undefined;
}

function placeOf(mirror: Mirror, front: string): Pick<NodeMirror, 'server' | 'path'> {
  const slash = front.indexOf('/');
  const [host, path] = slash < 0 ? [front, ''] : [front.slice(0, slash), front.slice(slash + 1)];
  return { server: `${mirror.plainHttp ? 'http' : 'https'}://${host}`, path };
}
