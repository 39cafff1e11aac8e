import { describe, expect, test } from 'vitest';
import type { Workload } from '../../../core/model/index.ts';
import { choosing } from './choose-remedy.ts';
import { refuse, type Proposal, type Remedy, type Task } from './remedy.ts';

const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u' };
const workload = {
  ref,
  object: {},
  managers: [],
  stuckPods: [],
  jobs: [],
  podSpecPath: '',
} as unknown as Workload;
const task: Task = { workload, mends: [], changes: [] };
const steps: Proposal = {
  ok: true,
  steps: [{ kind: 'replace-pods', object: ref, needs: [], expect: [], pods: [] }],
};

function way(proposal: Proposal | undefined): Remedy {
  return { name: 'object', propose: () => proposal };
}

function chosen(ways: readonly Remedy[], withdrawn: Parameters<typeof choosing>[2] = []) {
  return choosing(ways, {}, withdrawn)(task);
}

describe('the remedy of a workload', () => {
  test('is the first that is possible; its name stands in the steps', () => {
    expect(chosen([way(undefined), way(refuse('managed')), way(steps)])).toMatchObject({
      ok: true,
      steps: [{ kind: 'replace-pods', remedy: 'object' }],
    });
  });

  test('is none: the most lasting way says why', () => {
    expect(chosen([way(undefined), way(refuse('managed')), way(refuse('paused'))])).toEqual({
      ok: false,
      reason: 'managed',
    });
    expect(chosen([way(undefined)])).toEqual({ ok: false, reason: 'unknown-owner', detail: 'Deployment' });
  });

  test('is not one that was withdrawn of this object', () => {
    const one = { object: ref, remedy: 'object', by: 'installer', run: 'r-1' } as const;
    expect(chosen([way(steps)], [one])).toEqual({
      ok: false,
      reason: 'reverted',
      manager: { by: 'writer', name: 'installer' },
    });
    expect(chosen([way(steps)], [{ ...one, object: { ...ref, name: 'other', uid: 'o' } }])).toMatchObject({
      ok: true,
    });
  });
});
