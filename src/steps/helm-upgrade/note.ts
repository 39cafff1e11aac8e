import type { HelmUpgradeStep } from '../../core/model/index.ts';
import type { Noted, RunContext } from '../module.ts';
import { readObject, readyPods } from '../proof/index.ts';

/** How many pods of its workloads are ready before. */
export async function note({ workloads }: HelmUpgradeStep, { api }: Pick<RunContext, 'api'>): Promise<Noted> {
  const objects = await Promise.all(workloads.map(async ({ object }) => await readObject(api, object)));
  return { ready: objects.reduce((sum, one) => sum + (one === undefined ? 0 : readyPods(one)), 0) };
}
