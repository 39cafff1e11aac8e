import type { Step, StepKind, StepOf } from '../core/model/index.ts';
import { about as aboutCopy, preview as copyImage } from './copy-image/preview.ts';
import { preview as defaultClass } from './default-class/preview.ts';
import { about as aboutEdits, preview as editFile } from './edit-file/preview.ts';
import { aboutExpected } from './about-expected.ts';
import { preview as helmUpgrade } from './helm-upgrade/preview.ts';
import type { Preview } from './module.ts';
import { preview as nodeAlias } from './node-alias/preview.ts';
import { preview as nodeConfig } from './node-config/preview.ts';
import { preview as nodeLoad } from './node-load/preview.ts';
import { preview as patch } from './patch/preview.ts';
import { preview as pullSecret } from './pull-secret/preview.ts';
import { preview as recreate } from './recreate/preview.ts';
import { preview as replacePods } from './replace-pods/preview.ts';

// What a person sees of steps: a door of its own, since screens need no client of clusters to show a plan.

type Room<S extends Step> = {
  readonly preview: (step: S) => Preview;
  /** The step cut down to what it does about these images, as they are written; undefined when that is nothing. */
  readonly about?: (step: S, written: ReadonlySet<string>) => S | undefined;
};

const rooms: { readonly [K in StepKind]: Room<StepOf<K>> } = {
  patch: { preview: patch },
  recreate: { preview: recreate },
  'replace-pods': { preview: replacePods },
  'pull-secret': { preview: pullSecret },
  'copy-image': { preview: copyImage, about: aboutCopy },
  'edit-file': { preview: editFile, about: aboutEdits },
  'helm-upgrade': { preview: helmUpgrade },
  'node-alias': { preview: nodeAlias },
  'node-config': { preview: nodeConfig },
  'node-load': { preview: nodeLoad },
  'default-class': { preview: defaultClass },
};

function roomOf(step: Step): Room<Step> {
  // The table gives each kind the room of its own steps.
  return rooms[step.kind] as unknown as Room<Step>;
}

export function previewOf(step: Step): Preview {
  return roomOf(step).preview(step);
}

/** The step cut down to what it does about images that are written so; undefined when that is nothing. */
export function stepAbout(step: Step, written: ReadonlySet<string>): Step | undefined {
  return (roomOf(step).about ?? aboutExpected)(step, written);
}

export { followersOf } from './followers.ts';
export type { Action, DiffLine, Preview, Subject } from './module.ts';
