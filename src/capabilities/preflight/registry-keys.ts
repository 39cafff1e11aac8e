import { formatReference, parseReference } from '../../core/image/index.ts';
import { kubekey4Hosts, kubekey4Name, kubekeyName } from '../../core/knowledge/kubekey/index.ts';
import { installerName } from '../../core/knowledge/kubesphere/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { InstallerImage, InstallerImages, Mirror } from '../../core/model/index.ts';

/** A field of an installer's configuration that makes it take images from another registry. */
export type RegistryKey = {
  readonly path: readonly [string, ...string[]];
  /** The images that it moves. */
  readonly moves: readonly InstallerImage[];
  /** The name that the installer makes of an original one when the field says this registry. */
  readonly nameUnder: (original: string, registry: string) => string;
  /** What the field has to say for a mirror; undefined where no value leads to its names. */
  readonly valueFor: (mirror: Mirror) => string | undefined;
};

/** The fields of an installer: one for all images, or in KubeKey 4 one for each original host. */
export function registryKeys({ installer, images }: InstallerImages): readonly RegistryKey[] {
  const moves = images.filter((it) => !it.fixed);
  if (installer !== 'KubeKey 4') {
    // An alias has a host for each original one, and these fields hold one host.
    const valueFor = ({ scheme, at }: Mirror): string | undefined =>
      scheme === 'host-alias' ? undefined : at;
    return installer === 'KubeKey'
      ? [{ path: ['spec', 'registry', 'privateRegistry'], moves, nameUnder: kubekey3Name, valueFor }]
      : [{ path: ['spec', 'local_registry'], moves, nameUnder: installer3Name, valueFor }];
  }
  return Object.entries(kubekey4Hosts).map(([host, key]) => {
    // What another field names already is not moved.
    const own = moves.filter(({ image, original }) => image === original && hostOf(original) === host);
    const nameUnder = (original: string, registry: string): string =>
      kubekey4Name(original, { hosts: { [host]: registry } });
    return {
      path: ['spec', 'image_registry', key],
      moves: own,
      nameUnder,
      valueFor: (mirror) =>
        own.map(({ original }) => hostFor(mirror, original)).find((it) => it !== undefined),
    };
  });
}

/** What stands before the path of the original in a mirror's name for it. */
function hostFor(mirror: Mirror, original: string): string | undefined {
  const reference = parseReference(original);
  const mirrored = mirrorReference(mirror, reference);
  if (mirrored === undefined) return undefined;
  const { registry, repository } = mirrored;
  const name = `${registry}/${repository}`;
  return name.endsWith(`/${reference.repository}`)
    ? name.slice(0, -reference.repository.length - 1)
    : undefined;
}

/** Is this the mirror's own name for an image. */
export function isNamedBy(mirror: Mirror, original: string, name: string): boolean {
  const mirrored = mirrorReference(mirror, parseReference(original));
  return mirrored !== undefined && formatReference(mirrored) === name;
}

function hostOf(image: string): string {
  return parseReference(image).registry;
}

function kubekey3Name(original: string, registry: string): string {
  const { repository, tag = 'latest' } = parseReference(original);
  return kubekeyName(`${repository}:${tag}`, { privateRegistry: registry }, false);
}

function installer3Name(original: string, registry: string): string {
  return installerName(original, { localRegistry: registry });
}
