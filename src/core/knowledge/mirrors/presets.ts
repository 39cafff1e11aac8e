import { closestWord, PullmendError } from '../../base/index.ts';
import type { Preset, PresetMirror } from './preset.ts';
import { presetData } from './presets.data.ts';

export const presets: readonly Preset[] = presetData;

/**
 * The mirrors of a preset with the user's place filled in. Throws PM_PRESET_UNKNOWN, and PM_PRESET_PLACE when the
 * place is missing or not wanted.
 */
export function presetMirrors(
  name: string,
  at: string | undefined,
): { readonly preset: Preset; readonly mirrors: readonly PresetMirror[] } {
  const preset = presets.find((it) => it.name === name);
  if (preset === undefined) {
    const known = presets.map((it) => it.name);
    throw new PullmendError('PM_PRESET_UNKNOWN', { name, didYouMean: closestWord(name, known) });
  }
  const needed = needsPlace(preset);
  if (needed !== (at !== undefined)) throw new PullmendError('PM_PRESET_PLACE', { name, needed });
  return { preset, mirrors: preset.mirrors.map((mirror) => filled(mirror, at ?? '')) };
}

/** Is the preset for a registry of the user's own. */
export function needsPlace({ mirrors }: Preset): boolean {
  return JSON.stringify(mirrors).includes('{at}');
}

function filled(mirror: PresetMirror, place: string): PresetMirror {
  const fill = (text: string): string => text.replaceAll('{at}', place);
  const { at, aliases } = mirror;
  return {
    ...mirror,
    ...(at !== undefined && { at: fill(at) }),
    ...(aliases !== undefined && {
      aliases: Object.fromEntries(Object.entries(aliases).map(([host, alias]) => [host, fill(alias)])),
    }),
  };
}
