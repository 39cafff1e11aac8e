import { stringify } from 'yaml';
import { apiVersion } from '../../../../core/model/index.ts';
import type { Lang } from '../../../../core/base/index.ts';
import {
  needsPlace,
  presets,
  type Preset,
  type PresetMirror,
} from '../../../../core/knowledge/mirrors/index.ts';
import type { Document } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** Every preset with its terms. */
export function presetsScreen(page: Page, program: string): readonly string[] {
  const { m, paint } = page;
  return [
    ...presets.flatMap((preset) => [paint.strong(preset.name), ...aboutPreset(preset, page), '']),
    m.registry.presets.howTo(`${program} mirrors add ${m.registry.presets.preset}`),
  ];
}

type Added = {
  readonly preset: Preset;
  readonly mirrors: readonly PresetMirror[];
  readonly file: string;
  readonly dryRun: boolean;
};

export function presetAddedScreen(
  { preset, mirrors, file, dryRun }: Added,
  page: Page,
  program: string,
): readonly string[] {
  const { presets: words } = page.m.registry;
  const names = mirrors.map(({ name }) => name);
  const said = dryRun
    ? [words.wouldAdd(file), ...stringify(mirrors, { lineWidth: 0 }).trimEnd().split('\n')]
    : [words.added(page.m.words.list(names), file)];
  const next = dryRun ? [] : [words.next(`${program} mirrors check ${names.join(' ')}`)];
  return [...said, ...aboutPreset(preset, page), ...next];
}

function aboutPreset(preset: Preset, { m, lang, paint, width }: Page): readonly string[] {
  const { presets: words } = m.registry;
  const lines = [
    preset.summary[lang],
    ...(needsPlace(preset) ? [words.own] : []),
    m.words.labelled(words.terms, preset.terms[lang]),
  ];
  return [
    ...lines.flatMap((line) => wrap(line, width - 2)).map((line) => `  ${line}`),
    `  ${paint.quiet(preset.source)}`,
  ];
}

/** `mirrors add -o json`: the presets, or the one that was added. */
export function presetDocument(lang: Lang, only?: string): Document {
  const items = presets
    .filter(({ name }) => only === undefined || name === only)
    .map((preset) => ({
      name: preset.name,
      summary: preset.summary[lang],
      terms: preset.terms[lang],
      source: preset.source,
      needsPlace: needsPlace(preset),
      mirrors: preset.mirrors,
    }));
  return { apiVersion, kind: 'PresetList', items };
}
