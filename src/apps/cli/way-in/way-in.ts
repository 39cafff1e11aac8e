import { isError, PullmendError } from '../../../core/base/index.ts';
import {
  addMirrors,
  presetMirrors,
  type Preset,
  type PresetMirror,
} from '../../../core/knowledge/mirrors/index.ts';
import type { PullProblem, Target } from '../../../core/model/index.ts';
import type { Mender } from '../../../flows/index.ts';
import { readConfig, writeConfig } from '../config-file.ts';
import { configPath } from '../config-path.ts';
import { commentLines } from '../render/mirrors/discover.ts';
import { checksScreen } from '../render/mirrors/mirrors.ts';
import {
  fittingScreen,
  gaveText,
  inUseScreen,
  requestLines,
  triedScreen,
  waysScreen,
} from '../render/mirrors/way-in.ts';
import { wrap } from '../render/wrap.ts';
import { harmless } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';
import type { InUse } from '../render/mirrors/way-in.ts';
import type { Asking } from './ask.ts';
import { fittingPresets, isUnproved, mirrorSetOf, tryFromHere, tryFromNodes, type Tried } from './trial.ts';

/** What a way to copies starts from. */
export type Situation = {
  /** Images that are wanted, those of most pods first. */
  readonly images: readonly string[];
  /** They only stand for what will be wanted. */
  readonly areSamples?: true;
  /** Absent where no cluster was looked at. */
  readonly failing?: { readonly problems: readonly PullProblem[]; readonly target: Target };
};

/** Mirrors that somebody said yes to, with comments for the file. */
type Agreed = {
  readonly mirrors: readonly PresetMirror[];
  readonly comments?: ReadonlyMap<PresetMirror, readonly string[]>;
  /** What was seen of them cannot be compared with the originals. */
  readonly unproved?: boolean;
};

/** `trusted`: written, and what cannot be compared may be used this once. */
export type Written = 'written' | 'trusted' | undefined;

const ways = ['in-use', 'public', 'own', 'request'] as const;

/**
 * Asks where copies may come from, tries that, and writes it into the configuration after a yes. Tells
 * whether something was written. Nothing is kept, and nobody is asked for anything, without a yes.
 */
export async function wayIn(
  shell: Shell,
  asking: Asking,
  mender: Mender,
  situation: Situation,
): Promise<Written> {
  const inUse = await proposals(mender);
  const { page, m } = shell;
  for (;;) {
    shell.result(['', ...waysScreen(inUse, situation, page)]);
    const choice = await asking.choose(m.wayIn.which(ways.length), ways.length);
    const way = choice === undefined ? undefined : ways[choice - 1];
    if (way === undefined) {
      shell.result(wrap(m.wayIn.later(`${page.program} init`), page.width));
      return undefined;
    }
    if (way === 'request') {
      shell.result(requestLines(situation.images, page));
      return undefined;
    }
    const agreed = await tryWay(way, shell, asking, inUse, situation);
    if (agreed === undefined || !(await write(shell, asking, agreed))) continue;
    const mayBeUsed =
      agreed.unproved === true && situation.failing !== undefined && (await asking.yes(m.wayIn.mayTrust));
    return mayBeUsed ? 'trusted' : 'written';
  }
}

async function tryWay(
  way: 'in-use' | 'public' | 'own',
  shell: Shell,
  asking: Asking,
  inUse: InUse,
  situation: Situation,
): Promise<Agreed | undefined> {
  switch (way) {
    case 'in-use':
      return adopt(shell, inUse);
    case 'public':
      return await tryPublic(shell, asking, situation);
    case 'own':
      return await ownRegistry(shell, asking, situation);
  }
}

/** Mirrors that the cluster shows to be in use; absent when it cannot be read. */
async function proposals(mender: Mender): Promise<InUse> {
  try {
    const { mirrors } = await mender.discover({ files: [], nodes: false, probe: false, quick: true });
    return mirrors.filter(({ confidence }) => confidence !== 'unsure');
  } catch (error) {
    if (error instanceof PullmendError) return undefined;
    throw error;
  }
}

function adopt(shell: Shell, inUse: InUse): Agreed | undefined {
  const safe = harmless(inUse ?? []);
  shell.result(inUseScreen(inUse === undefined ? undefined : safe, shell.page));
  if (inUse === undefined || inUse.length === 0) return undefined;
  return {
    mirrors: inUse.map(({ mirror }) => mirror),
    comments: new Map(inUse.map((it, index) => [it.mirror, commentLines(safe[index] ?? it, shell.page)])),
  };
}

async function tryPublic(
  shell: Shell,
  asking: Asking,
  { images, failing }: Situation,
): Promise<Agreed | undefined> {
  const { page, m } = shell;
  const fitting = fittingPresets(images);
  shell.result(['', ...fittingScreen(fitting, page), '']);
  if (fitting.length === 0 || !(await asking.yes(m.wayIn.mayTry(fitting.length)))) return undefined;
  let tried = await tryFromHere(shell, fitting, images);
  if (tried.length > 0 && failing !== undefined && nodesOf(failing.problems) > 0) {
    const nodes = m.words.nodes(nodesOf(failing.problems));
    if (await asking.yes(m.wayIn.mayTryNodes(nodes)))
      tried = await tryFromNodes(shell, tried, failing.problems, failing.target);
  }
  shell.result(['', ...triedScreen(harmless(tried), page), '']);
  if (tried.length === 0) return undefined;
  const choice = await asking.choose(m.wayIn.whichPreset(tried.length), tried.length);
  return choice === undefined ? undefined : presetOf(tried[choice - 1]);
}

function presetOf(tried: Tried | undefined): Agreed | undefined {
  if (tried === undefined) return undefined;
  const unproved = tried.copies.some(({ candidate }) => isUnproved(candidate));
  return { mirrors: tried.preset.mirrors, unproved };
}

function nodesOf(problems: readonly PullProblem[]): number {
  return new Set(problems.flatMap(({ status }) => status.nodes)).size;
}

/** A Harbor by its address, asked for the images, or else for any real manifest, before it is written. */
async function ownRegistry(
  shell: Shell,
  asking: Asking,
  { images, areSamples }: Situation,
): Promise<Agreed | undefined> {
  const { m, page } = shell;
  for (;;) {
    const place = await asking.line(m.wayIn.whereIsIt);
    if (place === undefined) return undefined;
    const preset = await placed(shell, place.replace(/^https?:\/\//, '').replace(/\/+$/, ''));
    if (preset === undefined) continue;
    const { mirrors } = preset;
    const [gave] = areSamples ? [] : await tryFromHere(shell, [preset], images);
    if (gave !== undefined) {
      shell.result(wrap(m.words.labelled(place, gaveText(harmless(gave), page)), page.width));
      return { mirrors };
    }
    const trial = await shell.openTrial(mirrorSetOf(mirrors));
    shell.progress.says(m.registry.checking);
    const checks = await trial.checkMirrors([]);
    shell.progress.finish();
    shell.result(checksScreen(harmless(checks), page));
    return { mirrors };
  }
}

async function placed(shell: Shell, place: string): Promise<Preset | undefined> {
  try {
    const { preset, mirrors } = presetMirrors('harbor', place);
    mirrorSetOf(mirrors);
    return { ...preset, mirrors };
  } catch (error) {
    if (!isError(error, 'PM_CONFIG_INVALID')) throw error;
    shell.result(wrap(shell.m.wayIn.noPlace(place), shell.page.width));
    return undefined;
  }
}

/** What cannot be written is not asked about. */
async function write(shell: Shell, asking: Asking, { mirrors, comments }: Agreed): Promise<boolean> {
  const { m, page } = shell;
  const file = configPath(shell);
  const text = addMirrors(
    await readConfig(shell, file),
    file,
    mirrors,
    (mirror) => comments?.get(mirror) ?? [],
  );
  const names = m.words.list(mirrors.map(({ name }) => name));
  if (!(await asking.yes(m.wayIn.mayWrite(names, file)))) {
    shell.result([m.wayIn.notWritten]);
    return false;
  }
  await writeConfig(shell, file, text);
  const said = [m.registry.presets.added(names, file), m.wayIn.howBack(file, page.program)];
  shell.result(said.flatMap((text) => wrap(text, page.width)));
  return true;
}
