import type { Json, JsonObject } from '../../model/index.ts';
import { apiGroup, asObject, dig, digText, kindInfo, podSurfaces } from '../pods/index.ts';
import { containersOf } from './containers.ts';
import type { Finding, Findings, LookAlike, ReadText } from './finding.ts';
import { imageParameters } from './parameters.ts';
import { knownSettings } from './known-settings.ts';
import { kustomization } from './kustomization.ts';
import { ociSource } from './oci.ts';
import { kbldOverrides } from './overrides.ts';
import { openName } from './open-name.ts';
import { builtInGroups, idleFields, idleKinds, machineKinds, oldKinds } from './rules.data.ts';
import { schemaDefaults } from './schema-defaults.ts';
import { secret } from './secret.ts';
import type { Walk } from './tell.ts';
import { annotations, configMap, walk } from './walk.ts';

/** Pod templates of kinds that run nothing by themselves; controllers copy them. */
const templateOnly: Readonly<Record<string, string>> = { PodTemplate: '/template/spec' };

/**
 * Every image that one object brings into a pod: what the kubelet pulls from it, and what a controller takes from
 * its environment, arguments, fields or texts. Look-alikes are told with the reason why they are none.
 *
 * @param base JSON pointer of the object in its document
 * @param read takes a text in a field for YAML or JSON, where it is
 */
export function findImages(object: JsonObject, base: string, read: ReadText): Findings {
  const images: Finding[] = [];
  const lookAlikes: LookAlike[] = [];
  const to: Walk = { images, lookAlikes, read, place: 'crField' };
  const kind = digText(object, 'kind') ?? '';
  const group = apiGroup(digText(object, 'apiVersion') ?? '');
  const podSpecPath = podSpecPathOf(kind, digText(object, 'apiVersion'));
  annotations(dig(object, 'metadata', 'annotations'), `${base}/metadata/annotations`, to);
  if (podSpecPath !== undefined) {
    const podSpec = at(object, podSpecPath);
    for (const surface of podSurfaces(podSpec, `${base}${podSpecPath}`)) {
      const { path, ...rest } = surface;
      const site = { path, start: 0, end: surface.image.length };
      // The address of code: ko builds it, and puts the image in its place.
      if (surface.image.startsWith('ko://'))
        lookAlikes.push({ text: surface.image, reason: 'template', site });
      else {
        const open = openName(surface.image, true);
        images.push({ ...rest, reason: 'pod-field', site, ...(open === undefined ? {} : { open }) });
      }
    }
    containersOf(podSpec, `${base}${podSpecPath}`, to);
    const meta = `${podSpecPath.replace(/\/spec$/, '')}/metadata/annotations`;
    if (meta !== '/metadata/annotations') annotations(at(object, meta), `${base}${meta}`, to);
  } else if (kind === 'ConfigMap' && group === '') {
    configMap(object.data, `${base}/data`, to);
  } else if (kind === 'Secret' && group === '') {
    secret(object, base, to);
  } else if (group === 'kustomize.config.k8s.io') {
    kustomization(object, base, to);
  } else if (kind === 'Config' && group === 'kbld.k14s.io') {
    kbldOverrides(object, base, to);
  } else if (knownSettings(object, `${kind}.${group}`, base, to)) {
    return { images, lookAlikes };
  } else if (kind === 'CustomResourceDefinition') {
    schemaDefaults(object, base, to);
  } else if (kind !== '' && (!builtInGroups.has(group) || oldKinds.has(kind)) && !isIdle(kind, group)) {
    const { metadata: _, status: __, ...rest } = object;
    ociSource(object, `${kind}.${group}`, base, to);
    const hints = {
      renames: renamingGroups.has(group),
      builds: group === 'tekton.dev' || group === 'triggers.tekton.dev',
      hubImages: hubImagesOf(kind, object),
      idle: idleFields[group],
      machines: machineKinds.test(kind),
      parameters: imageParameters(rest),
    };
    walk(rest, { path: base, name: '', named: false }, { ...to, kind: hints });
  }
  return { images, lookAlikes };
}

/**
 * Every image that a document without a kind names: the settings of a program, which become a ConfigMap or are read by
 * an installer.
 *
 * @param read takes a text in a field for YAML or JSON, where it is
 */
export function findInSettings(value: Json, read: ReadText): Findings {
  const images: Finding[] = [];
  const lookAlikes: LookAlike[] = [];
  const to: Walk = { images, lookAlikes, read, place: 'configMapYaml' };
  walk(value, { path: '', name: '', named: false }, to);
  return { images, lookAlikes };
}

/** Flux hands `images` to kustomize. */
const renamingGroups: ReadonlySet<string> = new Set([
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
]);

/** What Istio pulls from its `hub`: all of it, or what one of its charts does. */
function hubImagesOf(kind: string, object: JsonObject): readonly string[] {
  const chart =
    digText(object, 'spec', 'chart', 'spec', 'chart') ?? digText(object, 'spec', 'source', 'chart');
  if (kind === 'IstioOperator' || kind === 'Istio' || chart === 'istiod') return ['pilot', 'proxyv2'];
  if (kind === 'IstioCNI' || chart === 'cni') return ['install-cni'];
  return kind === 'ZTunnel' || chart === 'ztunnel' ? ['ztunnel'] : [];
}

function isIdle(kind: string, group: string): boolean {
  return idleKinds.has(`${kind}.${group}`) || idleKinds.has(`*.${group}`);
}

function podSpecPathOf(kind: string, apiVersion: string | undefined): string | undefined {
  return apiGroup(apiVersion ?? '') === '' && Object.hasOwn(templateOnly, kind)
    ? templateOnly[kind]
    : kindInfo(kind, apiVersion)?.podSpecPath;
}

function at(object: JsonObject, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((value, key) => asObject(value)[key], object);
}
