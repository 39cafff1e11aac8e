import type { JsonObject, Loss, NotByValues, Step } from '../../../../core/model/index.ts';
import { followersOf, previewOf } from '../../../../steps/previews.ts';
import { shellWord, title } from '../names.ts';
import type { Page } from '../page.ts';

/** More line numbers than this say less than how many there are. */
const mostLines = 4;

/** What a step does, in a few words: `image, pull policy`. */
export function stepAction(step: Step, { m }: Page): string {
  const { plan, words } = m;
  const { action } = previewOf(step);
  switch (action.does) {
    case 'fields':
      return words.list([
        ...new Set(action.settings ?? action.paths.map((path) => fieldName(path, plan.field))),
      ]);
    case 'delete-pods':
      return plan.replacePods(words.pods(action.pods));
    case 'upgrade-release':
      return action.chart === 'manifest' ? plan.upgradeFlat : plan.upgrade(words.list(action.values));
    case 'make-anew':
      return plan.recreate;
    case 'give-secret':
      return plan.pullSecret(action.host);
    case 'copy':
      return plan.copy(action.mirror);
    case 'edit':
      return action.places > mostLines ? words.places(action.places) : plan.lines(action.lines);
    case 'name-on-nodes':
      if (action.names.every((name) => action.sources.includes(name)))
        return plan.pullOnNodes(words.nodes(action.nodes.length));
      return plan.nameOnNodes(words.list(action.sources), words.nodes(action.nodes.length));
    case 'mark-default':
      return action.isDefault ? plan.defaultClass(words.claims(action.claims)) : plan.noDefaultClass;
    case 'load-on-nodes':
      return plan.loadOnNodes(
        words.nodes(action.nodes.length),
        action.bytes === 0 ? '' : m.copy.bytes(action.bytes),
        action.throughApi,
      );
    case 'node-files':
      return plan.nodeFiles(
        action.node,
        words.list(action.files),
        words.list(action.mirrors),
        action.restart,
      );
  }
}

/** What one should know about a step before saying yes: what is lost, who overwrites it. */
export function stepNotes(step: Step, { m }: Pick<Page, 'm'>): readonly string[] {
  const { loss, replaces, untried = [], overwrittenBy: next, notByValues } = step;
  return [
    ...(loss === undefined ? [] : [lossText(loss, { m })]),
    ...(replaces === undefined || loss?.what === 'guarded-pods'
      ? []
      : [m.plan.replaces(m.words.pods(replaces))]),
    ...followNotes(step, { m }),
    ...(onlyPolicy(step) ? [m.plan.onlyPolicy] : []),
    ...untried.map(({ what, message }) => m.plan.untried[what](message)),
    ...(next === undefined
      ? []
      : [m.plan.overwrittenBy(typeof next === 'string' ? next : m.managers.next(next))]),
    ...(notByValues === undefined ? [] : [notByValuesText(notByValues, m)]),
    ...(notByValues?.override === undefined ? [] : [m.plan.nextUpgrade(setValues(notByValues.override))]),
    ...(previewOf(step).action.does === 'upgrade-release' ? [m.plan.noHooks] : []),
  ];
}

/** As helm takes them on its command line since 3.10. */
function setValues(values: JsonObject): string {
  return Object.entries(values)
    .map(
      ([key, value]) =>
        `--set-json ${shellWord(`${key.replaceAll(/[.,=]/g, '\\$&')}=${JSON.stringify(value)}`)}`,
    )
    .join(' ');
}

function notByValuesText({ why, detail }: NotByValues, m: Page['m']): string {
  const reason = m.plan.valuesRefusals[why];
  return m.plan.notByValues(detail === undefined ? reason : `${reason}: ${detail}`);
}

/** Why it is this object: who takes the image from there, or who keeps another one as it is. */
function followNotes(step: Step, { m }: Pick<Page, 'm'>): readonly string[] {
  const keeper = step.keptBy === undefined ? '' : m.managers.title(step.keptBy);
  const follows = followersOf(step);
  if (follows.length > 0) {
    const pods = follows.reduce((sum, follower) => sum + follower.pods.length, 0);
    return [
      m.plan.follows(m.words.list(follows.map(({ object }) => title(object))), keeper),
      ...(pods === 0 ? [] : [m.plan.replacePods(m.words.pods(pods))]),
    ];
  }
  return step.keptBy === undefined ? [] : [m.plan.keptBy(keeper, m.managers.does(step.keptBy))];
}

/** The image stays, and nodes start what they have. */
function onlyPolicy(step: Step): boolean {
  const { action } = previewOf(step);
  return action.does === 'fields' && action.paths.every((path) => /\/(?:imageP|p)ullPolicy$/.test(path));
}

/** What is lost, and of what. */
export function lossText({ what, pods, names, guard = '' }: Loss, { m }: Pick<Page, 'm'>): string {
  return m.plan.loss[what](m.words.list(names), m.words.pods(pods), guard);
}

function fieldName(path: string, field: Page['m']['plan']['field']): string {
  if (/\/(image|reference)$/.test(path)) return field.image;
  if (path.endsWith('/imagePullPolicy') || path.endsWith('/pullPolicy')) return field.pullPolicy;
  if (path.includes('/imagePullSecrets')) return field.pullSecret;
  if (/\/env\/\d+\/value$/.test(path)) return field.env;
  return path;
}
