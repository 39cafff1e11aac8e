import type {
  ClusterIdentity,
  MirrorSet,
  PullProblem,
  RepairPlan,
  Step,
  Supply,
} from '../../core/model/index.ts';
import type { MendEvent, Target } from '../../flows/index.ts';
import { previewOf } from '../../steps/previews.ts';
import { clusterLine, filesLine, type Scope } from './render/diagnosis/cluster-line.ts';
import { harmless } from './render/harmless.ts';
import { filesOf, isCopy } from './render/names.ts';
import { notLastingRows } from './render/repair/unmended.ts';
import { noticeText } from './render/repair/notice.ts';
import { clusterSteps, planScreen, reachLine } from './render/repair/plan.ts';
import { problemBlocks, problemsTitle, type Looked } from './render/diagnosis/problems.ts';
import { failedLines, rolledBackLines, stepLine, verdictLines } from './render/repair/step-line.ts';
import type { Page } from './render/page.ts';
import type { Screen } from './screen.ts';

/** What progress is shown on. */
export type Stage = {
  readonly page: Page;
  readonly screen: Screen;
  readonly detail: (lines: readonly string[]) => void;
  /** What is no part of the result goes to stderr. */
  readonly notice: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

type Cluster = {
  readonly identity: ClusterIdentity;
  readonly nodes: number;
  readonly namespace: string | undefined;
};
type Running = { readonly step: Step; readonly since: number; readonly state: string };

/** Follows the events of a mender: prints what stays, draws what goes on, remembers what was seen. */
export class Progress {
  readonly #stage: Stage;
  readonly #running = new Map<string, Running>();
  /** Seconds that the write took, by step. */
  readonly #applied = new Map<string, number>();
  readonly #shown = new Set<string>();
  #target: Target | undefined;
  #mirrors: MirrorSet | undefined;
  #cluster: Cluster | undefined;
  #problems: readonly PullProblem[] | undefined;
  #supplies: readonly Supply[] | undefined;
  #plan: RepairPlan | undefined;
  #changing = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get nodes(): number | undefined {
    return this.#cluster?.nodes;
  }

  get plan(): RepairPlan | undefined {
    return this.#plan;
  }

  /** Steps whose writes were accepted. */
  get applied(): number {
    return this.#applied.size;
  }

  /** True from the first write on: what is stopped now may leave something changed. */
  get changing(): boolean {
    return this.#changing;
  }

  /** @param target absent for commands that look at nothing of a cluster. */
  begin(mirrors: MirrorSet, target?: Target): void {
    this.#mirrors = mirrors;
    this.#target = target;
    const { problems } = this.#stage.page.m;
    this.#showPlace();
    if (target !== undefined)
      this.#says(target.type === 'cluster' ? problems.reading : problems.readingFiles);
  }

  /** A plain line about what goes on now; only a terminal shows it. */
  says(text: string): void {
    this.#says(text);
  }

  readonly handle = (event: MendEvent): void => {
    const { screen } = this.#stage;
    // Foreign names must not move the cursor; errors keep their class and are cleaned where they are printed.
    const seen = harmless(event);
    switch (seen.type) {
      case 'cluster':
        this.#cluster = { identity: seen.cluster, nodes: seen.nodes, namespace: seen.namespace };
        this.#showPlace();
        break;
      case 'problems':
        this.showProblems(seen.problems, seen.seconds, seen);
        break;
      case 'probing':
        this.#says(this.#stage.page.m.problems.asking(seen.done, seen.total, seen.image));
        break;
      case 'supplied':
        this.#supplies = seen.supplies;
        break;
      case 'notice':
        this.#stage.notice(noticeText(seen.notice, this.#stage.page));
        break;
      case 'planned':
        screen.live(undefined);
        this.showPlan(seen.plan);
        break;
      case 'planned-instead':
        screen.live(undefined);
        this.#showInstead(seen.plan);
        break;
      default:
        this.#step(seen);
    }
  };

  /** Of a trial only what is asked now is shown. */
  readonly handleProbes = (event: MendEvent): void => {
    if (event.type === 'probing') this.handle(event);
  };

  /** Begins anew: what was shown before the configuration changed is shown again. */
  restart(): void {
    this.finish();
    this.#shown.clear();
    this.#problems = undefined;
    this.#supplies = undefined;
    this.#plan = undefined;
  }

  /** The number of problems and the time it took; once. */
  showProblems(problems: readonly PullProblem[], seconds?: number, looked: Looked = {}): void {
    this.#problems = harmless(problems);
    this.#once('problems', () => ['', ...problemsTitle(problems, seconds, this.#stage.page, looked)]);
  }

  /** Takes note of a plan that was made before; it is shown when something asks for it or begins. */
  prepare(plan: RepairPlan): void {
    this.#plan = harmless(plan);
  }

  /** What each problem is, what is done about it and what the plan reaches; once. */
  showPlan(plan: RepairPlan, supplies?: readonly Supply[]): void {
    this.prepare(plan);
    this.#supplies ??= harmless(supplies);
    this.showPrepared();
  }

  /** Shows the plan that is known, once. */
  showPrepared(): void {
    const plan = this.#plan;
    if (plan !== undefined) this.#once('plan', () => this.#planLines(plan));
  }

  /** The first way did not last. */
  #showInstead(plan: RepairPlan): void {
    const { page, detail } = this.#stage;
    this.#plan = plan;
    detail([
      '',
      page.paint.strong(page.m.run.nextWay),
      ...planScreen(plan, page),
      ...reachLine(plan, undefined, page),
    ]);
  }

  #planLines(plan: RepairPlan): readonly string[] {
    const { page } = this.#stage;
    const problems = this.#problems ?? [];
    const lost = notLastingRows(plan, problems, page);
    if (problems.length === 0) {
      if (plan.spec.steps.length === 0) return lost;
      const { cluster } = plan.spec;
      if (cluster !== undefined) this.#once('place', () => clusterLine(cluster, page));
      return ['', ...planScreen(plan, page), ...reachLine(plan, undefined, page)];
    }
    const known = {
      plan,
      ...(this.#supplies === undefined ? {} : { supplies: this.#supplies }),
      ...(this.#cluster === undefined ? {} : { nodes: this.#cluster.nodes }),
    };
    return [
      ...problemBlocks(problems, known, page),
      ...clusterSteps(plan, page),
      ...lost,
      '',
      ...reachLine(plan, problems, page),
    ];
  }

  /** How far the plan reaches, in a line or two. */
  reach(): readonly string[] {
    return this.#plan === undefined ? [] : reachLine(this.#plan, this.#problems, this.#stage.page);
  }

  /** Steps without a verdict are done when the run is: nobody waits for them. */
  finish(): void {
    for (const [id, { step }] of this.#running) {
      const seconds = this.#applied.get(id);
      if (seconds === undefined) continue;
      // What only a kubelet can prove does not get the sign of proof for having been written.
      if (previewOf(step).waits || filesOf([step]).length > 0)
        this.#stage.detail(stepLine('·', step, this.#stage.page.m.run.written, this.#stage.page));
      else this.#printDone(step, seconds);
    }
    this.#running.clear();
    this.#stage.screen.close();
  }

  #step(event: Extract<MendEvent, { readonly step: Step }>): void {
    const { screen, page, detail } = this.#stage;
    const { m } = page;
    const { step } = event;
    this.#changing = true;
    this.showPrepared();
    if (event.type === 'step-started') this.#once('steps', () => ['']);
    switch (event.type) {
      case 'step-started':
        this.#running.set(step.id, { step, since: this.#now(), state: '' });
        break;
      case 'step-applied':
        this.#applied.set(step.id, event.seconds);
        this.#state(step, m.run.written);
        // No kubelet has a word about a copy.
        if (isCopy(step)) {
          this.#running.delete(step.id);
          this.#printDone(step, event.seconds);
        }
        // Without live lines a long wait would look like a standstill; for files nobody waits.
        if (!screen.isLive && previewOf(step).waits) detail(stepLine('·', step, m.run.written, page));
        break;
      case 'copying':
        this.#state(step, m.run.bytesOf(m.copy.bytes(event.sent), m.copy.bytes(event.planned)));
        break;
      case 'verifying':
        this.#state(step, m.run.podsOf(event.proved, event.expected));
        break;
      case 'step-failed':
        this.#running.delete(step.id);
        detail(failedLines(step, event.error, page));
        break;
      case 'verdict':
        this.#running.delete(step.id);
        detail(verdictLines(step, event.verdict, page));
        break;
      case 'rolled-back':
        detail(rolledBackLines(step, event.outcomes, page));
        break;
    }
    screen.live(this.#running.size === 0 ? undefined : (spinner) => this.#drawSteps(spinner));
  }

  #state(step: Step, state: string): void {
    const since = this.#running.get(step.id)?.since ?? this.#now();
    this.#running.set(step.id, { step, since, state });
  }

  #drawSteps(spinner: string): readonly string[] {
    const { page } = this.#stage;
    return [...this.#running.values()].flatMap(({ step, since, state }) => {
      const time = page.m.words.duration(Math.round((this.#now() - since) / 1000));
      return stepLine(spinner, step, [state, time].filter(Boolean).join('  '), page);
    });
  }

  #printDone(step: Step, seconds: number): void {
    const { page, detail } = this.#stage;
    detail(stepLine(page.paint.good('✔'), step, page.m.words.duration(seconds), page));
  }

  #says(text: string): void {
    this.#stage.screen.live((spinner) => [`${spinner} ${text}`]);
  }

  #showPlace(): void {
    const mirrors = this.#mirrors;
    if (mirrors === undefined) return;
    const { page } = this.#stage;
    const [cluster, target] = [this.#cluster, this.#target];
    if (cluster !== undefined) {
      const scope = target === undefined ? {} : { scope: scopeOf(cluster, target) };
      this.#once('place', () =>
        clusterLine(cluster.identity, page, { nodes: cluster.nodes, mirrors, ...scope }),
      );
    } else if (target?.type === 'files') {
      this.#once('place', () => filesLine(target.paths, mirrors, page));
    }
  }

  #once(what: string, lines: () => readonly string[]): void {
    if (this.#shown.has(what)) return;
    this.#shown.add(what);
    this.#stage.detail(lines());
  }

  #now(): number {
    return this.#stage.now();
  }
}

function scopeOf({ namespace }: Cluster, target: Target): Scope {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(target.type === 'cluster' && target.selector !== undefined ? { selector: target.selector } : {}),
    ...(target.type === 'files' ? {} : { names: target.names }),
  };
}
