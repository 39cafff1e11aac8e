import { PullmendError } from '../../../../core/base/index.ts';
import { apiVersion } from '../../../../core/model/index.ts';
import type { Document, HarborSetupPlan, SetupResult } from '../../../../flows/index.ts';
import { shellWord } from '../names.ts';
import { markedLine } from '../files/marked-line.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

type Step = HarborSetupPlan['steps'][number];

/** What would be made on each Harbor, what is there, and mirrors for which nothing is made. */
export function setupScreen({ steps, kept, skipped }: HarborSetupPlan, page: Page): readonly string[] {
  const { m, paint } = page;
  const retains = steps.some(({ action }) => action === 'create-retention');
  const losses = retains ? m.harbor.retentionDeletes : m.harbor.neverDeletes;
  const hosts = [...new Set([...steps, ...kept].map(({ host }) => host))];
  return [
    ...hosts.flatMap((host) => [
      paint.strong(host),
      ...steps.filter((it) => it.host === host).flatMap((it) => markedLine('+', stepText(it, page), page)),
      ...kept
        .filter((it) => it.host === host)
        .flatMap(({ what, name }) => markedLine(paint.good('✔'), m.harbor.kept[what](name), page)),
    ]),
    ...skipped.flatMap((it) => {
      const why = new PullmendError('PM_HARBOR_UNSUITABLE', it).text(page.lang).what;
      return wrap(why, page.width).map(paint.quiet);
    }),
    ...(steps.length === 0 ? [] : [`${m.harbor.count(steps.length)} · ${losses}`]),
  ];
}

/** A step that was carried out. */
export function stepDoneScreen(step: Step, page: Page): readonly string[] {
  return markedLine(page.paint.good('✔'), `${step.host}  ${stepText(step, page)}`, page);
}

/** How it ended, and what to do with the robot's login. */
export function setupEndScreen(
  result: SetupResult,
  robotFile: string | undefined,
  { m }: Page,
): readonly string[] {
  const { steps, outcome, kept } = result;
  switch (outcome) {
    case 'nothing-to-do':
      return [kept.length === 0 ? m.harbor.none : m.harbor.nothing];
    case 'dry-run':
      return [m.harbor.dryRun];
    case 'declined':
      return [m.harbor.declined];
    case 'done': {
      const made = [m.harbor.done(steps.length)];
      if (robotFile === undefined || !steps.some(({ action }) => action === 'create-robot')) return made;
      const run = `kubectl create secret generic harbor-pull --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=${shellWord(robotFile)} --dry-run=client -o yaml | kubectl apply -f -`;
      return [...made, m.harbor.robotFile(robotFile), m.harbor.asSecret(run)];
    }
  }
}

/** `mirrors setup -o json`; no secret is in it. */
export function setupDocument({ outcome, steps, kept, skipped }: SetupResult): Document {
  return { apiVersion, kind: 'MirrorSetup', outcome, steps, kept, skipped };
}

function stepText(step: Step, { m }: Page): string {
  const { steps: words, isPublic, isPrivate } = m.harbor;
  const { name } = step;
  switch (step.action) {
    case 'create-endpoint':
      return words.endpoint(name, step.url);
    case 'create-project': {
      const made = step.upstream === undefined ? words.project(name) : words.proxy(name, step.upstream);
      return m.words.withAside(made, step.isPublic ? isPublic : isPrivate);
    }
    case 'create-retention':
      return words.retention(name, step.keepLast);
    case 'create-replication':
      return words.replication(`${step.upstream}/${step.filter}`, step.namespace);
    case 'create-robot':
      return words.robot(name, m.words.list(step.projects));
    case 'extend-robot':
      return words.moreForRobot(name, m.words.list(step.projects));
  }
}
