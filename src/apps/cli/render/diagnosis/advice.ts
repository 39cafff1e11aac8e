import { actionOf, classCommands, type CommandContext } from '../../../../core/knowledge/failures/index.ts';
import type { PullProblem } from '../../../../core/model/index.ts';
import { loginCommands } from './logins.ts';
import type { Page } from '../page.ts';
import { indented, row } from '../rows.ts';

/** What a cause means, in a few words. */
export function meaningOf({ status }: PullProblem, page: Page): string {
  return actionOf(status.diagnosis).text[page.lang].meaning;
}

/** What ends a cause for good, and commands to look at it closer. */
export function adviceRows(label: string, problem: PullProblem, page: Page): readonly string[] {
  const { diagnosis } = problem.status;
  const works = page.m.words.sentences(actionOf(diagnosis).text[page.lang].works);
  // A Secret that is there already is used before a new one is made.
  const present = loginCommands(problem);
  const commands = (
    present.length > 0 ? present : classCommands(diagnosis, commandContext(problem, page))
  ).map(page.paint.strong);
  return [...(works === '' ? [] : row(label, works, page)), ...indented(commands)];
}

/** What fills the places of a command: the first pod that fails stands for all. */
export function commandContext({ spec, status }: PullProblem, { program }: Page): CommandContext {
  const [failure] = status.failures;
  const given = {
    program,
    image: spec.image,
    namespace: failure?.pod.namespace,
    pod: failure?.pod.name,
    container: failure?.container,
    secret: failure?.pullSecrets[0],
    node: failure?.node ?? status.nodes[0],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
