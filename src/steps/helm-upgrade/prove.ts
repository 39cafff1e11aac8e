import type { HelmUpgradeStep } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { lookAtPods, readObject, type Look } from '../proof/index.ts';
import { hasRevision } from './revisions.ts';

/** The release is as it was left, and the pods of all its workloads run. */
export async function prove(step: HelmUpgradeStep, { api, list }: StepTools): Promise<Look> {
  if (await hasRevision(step, step.revision + 2, { list })) {
    const found = `revision ${step.revision + 2}`;
    return { ...none, result: 'reverted', reason: 'overwritten', detail: found, by: 'helm' };
  }
  const looks = await Promise.all(
    step.workloads.map(async ({ object, expect }): Promise<Look> => {
      const live = await readObject(api, object);
      return live === undefined
        ? { ...none, result: 'failing', reason: 'gone' }
        : await lookAtPods(live, expect, { list });
    }),
  );
  return together(looks);
}

const none = { final: 'now', proved: 0, expected: 0 } as const;

/** The first that is not proved speaks for all. */
function together(looks: readonly Look[]): Look {
  const left = looks.filter(({ result }) => result === 'failing' || result === 'reverted');
  const [first = looks.find(({ result }) => result === 'proved') ?? looks[0]] = left;
  const sum = (key: 'proved' | 'expected'): number => looks.reduce((all, look) => all + look[key], 0);
  const finals = left.map(({ final }) => final);
  const final = finals.includes('no') ? 'no' : finals.includes('soon') ? 'soon' : 'now';
  return {
    ...(first ?? { ...none, result: 'nothing-runs' }),
    final,
    proved: sum('proved'),
    expected: sum('expected'),
  };
}
