import { factsOf } from './facts.ts';
import {
  apiVersion,
  sameObject,
  type PullProblem,
  type RepairPlan,
  type Replacement,
  type Unmended,
  type Usage,
  type Withdrawn,
  type Workload,
} from '../../core/model/index.ts';
import { normaliseImage } from '../../core/image/index.ts';
import { choose } from './choose.ts';
import { copySteps } from './copies.ts';
import { finishCorrections } from './corrections.ts';
import { editsFor, fileSteps } from './files.ts';
import { isPresent, kept, nodesWith, startWithPresent } from './present.ts';
import type { PlanInput } from './input.ts';
import { numbered } from './order.ts';
import {
  canBeGiven,
  choosing,
  forNobody,
  keepsName,
  oncePerNode,
  oncePerRelease,
  oncePerSource,
  remedies,
  sentOnce,
  type Chosen,
  type DraftStep,
  type Mend,
  type Remedy,
  type Task,
} from './remedies/index.ts';
import { isGate, ranked } from './rank.ts';
import { secretSteps } from './secrets.ts';
import { storageSteps } from './storage.ts';
import { tasksFor } from './tasks.ts';
import { sandboxes, unmended, type Why } from './unmended.ts';

/** Chooses one remedy for each usage and says why the rest is left alone. Pure: no clock, no cluster, no files. */
export function plan(input: PlanInput, ways: readonly Remedy[] = remedies): RepairPlan {
  const mirrors = new Map(input.mirrors.mirrors.map((mirror) => [mirror.name, mirror]));
  const chosen = chooseCopies(input);
  const inFiles = chosen.mends.filter(isWritable);
  const inCluster = chosen.mends.filter((mend) => !isWritable(mend));
  const workloads = withWriters(input.inventory.workloads, input.reverted);
  const { tasks, stale } = tasksFor(workloads, inCluster, mirrors, input.options);
  const proposed = proposeAll(tasks, choosing(ways, factsOf(input), lostWays(input)));
  const corrected = finishCorrections(
    workloads,
    tasks.map(({ workload }) => workload),
    input.problems,
  );
  const nobody = forNobody(chosen.unmended, chosen.replacements, input.facts ?? {});
  const carried = [...proposed.tasks.flatMap((task) => task.mends), ...inFiles];
  const steps = numbered({
    ...(input.stepsBefore === undefined ? {} : { after: input.stepsBefore }),
    copies: copySteps(carried),
    secrets: secretSteps(proposed.tasks, mirrors),
    isGate: (step) => isGate(step, input.problems),
    remedies: [
      ...ranked(
        [
          ...sentOnce(
            oncePerNode([...sourcesFirst(oncePerSource(oncePerRelease(proposed.remedies))), ...nobody.steps]),
          ),
          ...corrected.remedies,
        ],
        { problems: input.problems, workloads },
      ),
      fileSteps(input.inventory.files, inFiles),
      // It waits for claims: nothing else waits for it.
      ...storageSteps(input),
    ],
  });
  const used = new Set(carried.map(({ replacement }) => replacement.with));
  const { cluster } = input.inventory;
  return {
    apiVersion,
    kind: 'RepairPlan',
    metadata: { name: input.name, createdAt: input.createdAt },
    spec: {
      ...(cluster === undefined ? {} : { cluster }),
      replacements: chosen.replacements.filter((replacement) => used.has(replacement.with)),
      steps,
      unmended: [
        ...nobody.left,
        ...corrected.unmended,
        ...proposed.refused.flatMap(({ mends, why }) => leave(input.problems, mends, why)),
        ...notLasting(input),
        ...leave(input.problems, stale, { reason: cluster === undefined ? 'escaped-text' : 'old-revision' }),
      ],
    },
  };
}

type ChosenCopies = {
  readonly mends: readonly Mend[];
  readonly replacements: readonly Replacement[];
  readonly unmended: readonly Unmended[];
};

function chooseCopies(input: PlanInput): ChosenCopies {
  const { problems, supplies } = input;
  const mends: Mend[] = [];
  const replacements: Replacement[] = [];
  const left: Unmended[] = [];
  for (const problem of problems) {
    const supply = supplies.find((s) => s.image === problem.spec.image);
    const choice = choose(problem, supply, input);
    if (problem.status.diagnosis.class === 'sandbox-image') {
      left.push(...sandboxes(problem, choice.ok ? choice.replacement.with : undefined));
    }
    if (choice.ok) {
      // Ephemeral containers can be added, never changed (KEP-277).
      const [ephemeral, mendable] = split(
        problem.spec.usages,
        (usage) => usage.place === 'ephemeralContainer',
      );
      left.push(...unmended(problem, ephemeral, { reason: 'ephemeral-container' }));
      replacements.push(choice.replacement);
      mends.push(...mendable.map((usage) => ({ usage, replacement: choice.replacement })));
    } else {
      const [present, others] = split(problem.spec.usages, (usage) => isPresent(problem, usage));
      const started = startWithPresent(problem, present, input.inventory.workloads);
      const { ok: _, ...otherwise } = choice;
      const [given, rest] = split(others, (usage) => isRead(problem, input) && canBeGiven(usage));
      mends.push(...started.mends, ...given.map((usage) => ({ ...kept(usage, problem), otherwise })));
      left.push(...started.left, ...unmended(problem, rest, choice));
    }
  }
  return { mends, replacements, unmended: left };
}

/** This machine can read the image, and nodes can be given it. */
function isRead({ spec }: PullProblem, { facts }: PlanInput): boolean {
  return facts?.nodeLoads?.some(({ image }) => image === spec.image) === true;
}

type Proposed = {
  readonly tasks: readonly Task[];
  readonly remedies: readonly (readonly DraftStep[])[];
  readonly refused: readonly { readonly mends: readonly Mend[]; readonly why: Why }[];
};

function proposeAll(tasks: readonly Task[], choose: (task: Task) => Chosen): Proposed {
  const all = tasks.map((task) => ({ task, proposal: choose(task) }));
  return {
    tasks: all.flatMap(({ task, proposal }) => (proposal.ok ? [task] : [])),
    remedies: all.flatMap(({ proposal }) => (proposal.ok ? [proposal.steps] : [])),
    refused: all.flatMap(({ task, proposal }) => {
      if (!proposal.ok) return [{ mends: task.mends, why: proposal }];
      return proposal.left === undefined ? [] : [proposal.left];
    }),
  };
}

/** New pods of other remedies are to meet what admission adds by then. */
function sourcesFirst(remedies: readonly (readonly DraftStep[])[]): readonly (readonly DraftStep[])[] {
  const [first, others] = split(remedies, (steps) => steps.some(({ remedy }) => remedy === 'source'));
  return [...first, ...others];
}

function leave(problems: readonly PullProblem[], mends: readonly Mend[], why: Why): readonly Unmended[] {
  return problems.flatMap((problem) => {
    const here = mends.filter(({ usage }) => (usage.reference ?? usage.image) === problem.spec.image);
    const [loaded, copied] = split(here, ({ otherwise }) => otherwise !== undefined);
    const [present, moved] = split(copied, keepsName);
    const copy = moved[0]?.replacement.with;
    const asked: Why =
      why.reason === 'reverted' ? why : { reason: 'always-pull', detail: nodesWith(problem) };
    return [
      ...loaded.flatMap(({ usage, otherwise = why }) =>
        unmended(problem, [usage], otherwise.reason === why.reason ? otherwise : why),
      ),
      ...unmended(problem, present.map(usageOf), asked),
      ...unmended(problem, moved.map(usageOf), copy === undefined ? why : { ...why, copy }),
    ];
  });
}

function usageOf({ usage }: Mend): Usage {
  return usage;
}

/** Repairs that somebody wrote over while no pod fails of it yet: the next one will. */
function notLasting({ reverted = [], problems }: PlanInput): readonly Unmended[] {
  const failing = new Set(problems.map(({ spec }) => spec.image));
  return reverted.flatMap(({ object, by, expect }) =>
    expect.flatMap(({ imageBefore, imageAfter }) => {
      const image = normaliseImage(imageBefore);
      if (failing.has(image)) return [];
      return [
        {
          image,
          object,
          usages: [],
          pods: 0,
          class: 'unknown' as const,
          reason: 'reverted' as const,
          manager: { by: 'writer' as const, name: by },
          copy: imageAfter,
        },
      ];
    }),
  );
}

/** Whoever wrote an old value back is one of the object's managers from then on. */
function withWriters(
  workloads: readonly Workload[],
  reverted: PlanInput['reverted'] = [],
): readonly Workload[] {
  return workloads.map((workload) => {
    const by = reverted.find(({ object }) => sameObject(object, workload.ref))?.by;
    if (by === undefined) return workload;
    return { ...workload, managers: [...workload.managers, { by: 'writer', name: by, effect: 'reverts' }] };
  });
}

/** Ways that did not last, in this run or in one before. */
function lostWays({ withdrawn = [], reverted = [] }: PlanInput): readonly Withdrawn[] {
  return [
    ...withdrawn,
    ...reverted.flatMap(({ object, remedy, by, run }) =>
      remedy === undefined ? [] : [{ object, remedy, by, run }],
    ),
  ];
}

/** Can the file say it: the image stands there as it is, and the new name fits into its field. */
function isWritable({ usage, replacement }: Mend): boolean {
  return editsFor(usage, replacement.with) !== undefined;
}

function split<T>(list: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter(test), list.filter((item) => !test(item))];
}
