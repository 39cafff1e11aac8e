import type { Follower, Step } from '../core/model/index.ts';

/** What takes its images from the object that a step changes, and proves it; empty where the object itself does. */
export function followersOf(step: Step): readonly Follower[] {
  return step.kind === 'patch' ? (step.followers ?? []) : [];
}
