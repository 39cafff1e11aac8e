import { sameObject } from '../../../../core/model/index.ts';
import type { DraftStep } from '../remedy.ts';
import { mergedChanges } from './changes.ts';

export type SourcePatch = Extract<DraftStep, { readonly kind: 'patch' }>;

/** Two workloads may take their images from one object: it is changed once, and both prove it. */
export function oncePerSource(
  remedies: readonly (readonly DraftStep[])[],
): readonly (readonly DraftStep[])[] {
  const isSource = (step: DraftStep | undefined): step is SourcePatch =>
    step !== undefined && 'followers' in step;
  const taken = new Set<number>();
  return remedies.flatMap((steps, index): readonly (readonly DraftStep[])[] => {
    const [first, ...others] = steps;
    if (taken.has(index)) return [];
    if (!isSource(first) || steps.filter(isSource).length > 1) return [steps];
    let patch = first;
    const more: DraftStep[] = [];
    for (const [at, [same, ...rest]] of remedies.entries()) {
      if (at <= index || taken.has(at) || !isSource(same) || !sameObject(same.object, first.object)) continue;
      if (rest.some(isSource)) continue;
      taken.add(at);
      patch = mergedPatch(patch, same);
      more.push(...rest.filter((step) => !('restarts' in step && sameObject(step.object, first.object))));
    }
    return [[patch, ...others, ...more]];
  });
}

function mergedPatch(one: SourcePatch, other: SourcePatch): SourcePatch {
  const expect = new Map([...one.expect, ...other.expect].map((each) => [JSON.stringify(each), each]));
  const losses = [one.loss, other.loss].flatMap((loss) => loss ?? []);
  const [loss] = losses;
  const followers = [...(one.followers ?? []), ...(other.followers ?? [])];
  return {
    ...one,
    expect: [...expect.values()],
    changes: mergedChanges([...one.changes, ...other.changes]),
    followers: [...Map.groupBy(followers, ({ object }) => object.uid).values()].flatMap(([first, ...more]) =>
      first === undefined
        ? []
        : [
            {
              ...first,
              containers: [...new Set([first, ...more].flatMap(({ containers }) => containers))],
              pods: [first, ...more].flatMap(({ pods }) => pods),
              ...(first.waiting === undefined
                ? {}
                : { waiting: Math.max(...[first, ...more].map(({ waiting = 0 }) => waiting)) }),
            },
          ],
    ),
    ...(loss === undefined
      ? {}
      : {
          loss: {
            ...loss,
            pods: losses.reduce((sum, { pods }) => sum + pods, 0),
            names: losses.flatMap(({ names }) => names),
          },
        }),
  };
}
