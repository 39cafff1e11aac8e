import { PullmendError } from '../../core/base/index.ts';
import { readYaml } from '../../core/edit/index.ts';
import { tryParseReference } from '../../core/image/index.ts';
import {
  imagesOfKubekey,
  imagesOfKubekey4,
  kubekey4Versions,
  kubekeyVersions,
} from '../../core/knowledge/kubekey/index.ts';
import {
  configuresInstaller,
  imagesOfInstaller,
  installerVersions,
} from '../../core/knowledge/kubesphere/index.ts';
import { dig, digText } from '../../core/knowledge/pods/index.ts';
import type { ImagesOfFile, Json } from '../../core/model/index.ts';
import type { InstallerConfig } from './types.ts';

export type InstallerOptions = {
  /** Release of ks-installer or KubeKey; absent: what the files say. */
  readonly version?: string;
  /** `KKZONE=cn` is set when KubeKey runs. */
  readonly zoneCn: boolean;
};

type Kind = 'cluster-configuration' | 'kubekey' | 'kubekey-v4';

/** What the installers that these files configure will pull. Errors: PM_INSTALLER_UNKNOWN. */
export function installersIn(
  files: readonly ImagesOfFile[],
  options: InstallerOptions,
): readonly InstallerConfig[] {
  const installerTag = files
    .flatMap(({ usages }) => usages)
    .map(({ reference }) => tryParseReference(reference ?? ''))
    .find((it) => it?.repository === 'kubesphere/ks-installer')?.tag;
  // Most files are none: they are not read a second time.
  return files
    .filter(({ file }) => configuresInstaller(file.text))
    .flatMap(({ file }) => {
      const found = readYaml(file.text, file.path).flatMap(({ value }, document) => {
        const kind = kindOf(value);
        return kind === undefined ? [] : [{ kind, value, document }];
      });
      const kubekey = found.find(({ kind }) => kind === 'kubekey')?.value;
      const kubernetes = digText(kubekey, 'spec', 'kubernetes', 'version');
      return found.map(({ kind, value, document }): InstallerConfig => {
        const spec = (value as { readonly spec?: Json }).spec ?? {};
        if (kind === 'kubekey-v4') {
          const wanted = versionFor(options.version, [...installerVersions, ...kubekeyVersions]);
          const hasRegistry =
            digText(spec, 'zone') === 'cn' ||
            sets(dig(spec, 'image_registry') ?? {}, 'auth', ['registry']) ||
            sets(spec, 'image_registry', ['type']);
          return { ...imagesOfKubekey4(file.path, spec, wanted), document, hasRegistry };
        }
        if (kind === 'kubekey') {
          const images = imagesOfKubekey(file.path, spec, {
            version: versionFor(options.version, [...installerVersions, ...kubekey4Versions]),
            zoneCn: options.zoneCn,
            withKubeSphere: found.some((it) => it.kind === 'cluster-configuration'),
          });
          return { ...images, document, hasRegistry: sets(spec, 'registry', kubekeyKeys) };
        }
        const images = imagesOfInstaller(file.path, spec, {
          version:
            versionFor(options.version, [...kubekeyVersions, ...kubekey4Versions]) ??
            digText(value, 'metadata', 'labels', 'version') ??
            installerTag ??
            '',
          ...(kubernetes === undefined ? {} : { kubernetes }),
        });
        return { ...images, document, hasRegistry: sets({ spec }, 'spec', installerKeys) };
      });
    });
}

const kubekeyKeys = ['privateRegistry', 'namespaceOverride', 'namespaceRewrite'];
const installerKeys = ['local_registry', 'zone', 'namespace_override'];

function sets(json: Json, part: string, keys: readonly string[]): boolean {
  return keys.some(
    (key) => ![undefined, null, ''].includes(dig(json, part, key) as string | null | undefined),
  );
}

function kindOf(value: Json): Kind | undefined {
  const apiVersion = digText(value, 'apiVersion') ?? '';
  const kind = digText(value, 'kind');
  if (kind === 'ClusterConfiguration' && apiVersion.startsWith('installer.kubesphere.io/')) {
    return 'cluster-configuration';
  }
  if (kind === 'Cluster' && apiVersion === 'kubekey.kubesphere.io/v1alpha2') return 'kubekey';
  if (kind === 'Config' && apiVersion === 'kubekey.kubesphere.io/v1') return 'kubekey-v4';
  if ((kind === 'Cluster' || kind === 'Config') && apiVersion.startsWith('kubekey.kubesphere.io/')) {
    throw new PullmendError('PM_INSTALLER_UNKNOWN', {
      installer: 'KubeKey',
      version: apiVersion,
      known: ['Cluster kubekey.kubesphere.io/v1alpha2', 'Config kubekey.kubesphere.io/v1'],
      nearest: undefined,
      field: 'apiVersion',
    });
  }
  return undefined;
}

/** One flag serves all installers: a release that only another one has is not meant for this one. */
function versionFor(wanted: string | undefined, others: readonly string[]): string | undefined {
  return wanted !== undefined && others.includes(wanted) ? undefined : wanted;
}
