import { readField, readYaml } from '../../../../core/edit/index.ts';
import { isError, pointerToken } from '../../../../core/base/index.ts';
import {
  asList,
  asObject,
  asObjects,
  asText,
  kindInfo,
  podSurfaces,
} from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject, Usage } from '../../../../core/model/index.ts';

/** Where an object names an image for pods that its own pods will make. */
export type ImageSetting = Pick<Usage, 'name' | 'path' | 'within'>;

/**
 * The places of a workload (environment: OpenEBS's `OPENEBS_IO_HELPER_IMAGE`; arguments: local-path-provisioner's
 * `--helper-image`) or of a ConfigMap (a pod as YAML: local-path-provisioner's `helperPod.yaml`) that name this very
 * image. ConfigMap keys with broken YAML are passed over.
 */
export function imageSettings(object: JsonObject, image: string): readonly ImageSetting[] {
  const base = kindInfo(asText(object.kind) ?? '')?.podSpecPath;
  if (base !== undefined) return containerSettings(object, base, image);
  return Object.entries(asObject(object.data)).flatMap(([key, text]) => {
    const within = typeof text === 'string' && text.includes(image) ? inPodText(text, key, image) : undefined;
    return within === undefined ? [] : [{ name: key, path: `/data/${pointerToken(key)}`, within }];
  });
}

function containerSettings(object: JsonObject, base: string, image: string): readonly ImageSetting[] {
  const podSpec = asObject(readField(object, base));
  return ['initContainers', 'containers'].flatMap((list) =>
    asList(podSpec[list]).flatMap((entry, index) => {
      const container = asObject(entry);
      const path = `${base}/${list}/${index}`;
      const env = asList(container.env).flatMap((variable, at) => {
        const { name, value } = asObject(variable);
        return value === image ? [{ name: asText(name) ?? '', path: `${path}/env/${at}/value` }] : [];
      });
      return [...env, ...argumentSettings(asList(container.args), `${path}/args`, image)];
    }),
  );
}

/** `--helper-image=IMAGE`, or `--helper-image`, `IMAGE`. */
function argumentSettings(args: readonly unknown[], path: string, image: string): readonly ImageSetting[] {
  return args.flatMap((argument, index) => {
    if (typeof argument !== 'string') return [];
    const [flag = '', value] = argument.split('=', 2);
    const at = `${path}/${index}`;
    if (value === image && argument === `${flag}=${image}` && flag.startsWith('-')) {
      return [{ name: flag, path: at, within: { offset: flag.length + 1, length: image.length } }];
    }
    const before = args[index - 1];
    const isValue = argument === image && typeof before === 'string' && before.startsWith('-');
    return isValue ? [{ name: before, path: at }] : [];
  });
}

/** Where the image stands in a text that is a pod. */
function inPodText(text: string, key: string, image: string): ImageSetting['within'] {
  try {
    for (const document of readYaml(text, key)) {
      const pod = asObject(document.value);
      const surface = podSurfaces(pod.spec, '/spec').find((one) => one.image === image);
      const position = surface === undefined ? undefined : document.locate(surface.path);
      if (position !== undefined) return { offset: position.offset, length: position.length };
    }
    return undefined;
  } catch (error) {
    if (isError(error, 'PM_FILE_BROKEN')) return undefined;
    throw error;
  }
}

/** True when the pods of a workload mount this ConfigMap. */
export function mountsConfigMap(workload: JsonObject, name: string): boolean {
  const base = kindInfo(asText(workload.kind) ?? '')?.podSpecPath ?? '/spec';
  const { volumes } = asObject(readField(workload, base));
  return asObjects(volumes).some((volume) => asObject(volume.configMap).name === name);
}
