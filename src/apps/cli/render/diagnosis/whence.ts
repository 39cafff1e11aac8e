import { deliveredFrom } from '../../../../core/i18n/index.ts';
import { normaliseImage } from '../../../../core/image/index.ts';
import { injectorNamed } from '../../../../core/knowledge/admission/index.ts';
import { resourceName } from '../../../../core/knowledge/pods/index.ts';
import {
  sameObject,
  type Deviation,
  type ManagerRef,
  type ObjectRef,
  type PullProblem,
} from '../../../../core/model/index.ts';
import { kubectlName, shellWord, title } from '../names.ts';
import type { Page } from '../page.ts';
import { row } from '../rows.ts';

/** More ways than this into pods are told as a number. */
const mostRows = 4;

/** The `from` rows of a problem: how the image got into the pods, where no template names it. */
export function whenceRows(problem: PullProblem, page: Page): readonly string[] {
  const { labels } = page.m.problems;
  const texts = whenceTexts(problem, page);
  const shown = texts.slice(0, mostRows).flatMap((text) => row(labels.from, text, page));
  return texts.length > mostRows
    ? [...shown, ...row('', page.m.words.more(texts.length - mostRows), page)]
    : shown;
}

/** The same without a form, one text for each owner and container. */
export function whenceTexts({ status }: PullProblem, page: Page): readonly string[] {
  return [
    ...(status.deviations ?? []).map((one) => whenceText(one, page)),
    ...(status.staleMarks ?? []).map(({ object, manager }) =>
      page.m.whence.stale(title(object), page.m.managers.title(manager)),
    ),
    ...(status.deliveries ?? []).map(({ object, manager }) => deliveryText(object, manager, page)),
  ];
}

/** What a delivery tool does with a change, and where it is to be made. */
function deliveryText(object: ObjectRef, manager: ManagerRef, { m }: Page): string {
  const told = m.whence.delivered(title(object), m.managers.title(manager), m.managers.does(manager));
  return m.words.sentences([
    told,
    ...(manager.source === undefined ? [] : [m.whence.deliveredFrom(deliveredFrom(manager.source))]),
  ]);
}

function whenceText(one: Deviation, { m }: Page): string {
  const { whence, words } = m;
  const sources = one.sources.map(({ name, object, container }) =>
    whence.source(name, title(object), container ?? ''),
  );
  const injector = one.injector === undefined ? undefined : injectorNamed(one.injector);
  return words.sentences([
    howText(one, m),
    ...(sources.length === 0 ? [] : [whence.sources(words.list(sources))]),
    ...(injector === undefined ? [] : [whence.settings(injector.name, injector.settings)]),
  ]);
}

function howText(one: Deviation, { whence, words }: Page['m']): string {
  const { owner, container, image, template, by, injector } = one;
  const names = by.map(({ object }) => title(object));
  const told = {
    owner: title(owner),
    container,
    image,
    template: template ?? '',
    by: words.list([...(injector === undefined ? [] : [injector]), ...names]),
  };
  const isSure = injector !== undefined || by.every(({ certainty }) => certainty === 'named');
  switch (one.kind) {
    case 'corrected':
      return template === undefined ? whence.gone(told) : whence.corrected(told);
    case 'added':
      return isSure ? whence.added(told) : whence.maybeAdded(told);
    case 'rewritten':
      return isSure ? whence.rewritten(told) : whence.maybeRewritten(told);
    case 'made':
      return whence.made(told);
  }
}

/** What is done about it by hand, ready to be pasted. `copy` is a name that can be pulled. */
export function whenceCommands(one: Deviation, copy: string | undefined): readonly string[] {
  const image = copy ?? 'IMAGE';
  const inSources = one.sources.map(({ object, name, container, path }) =>
    /\/env\/\d+\/value$/.test(path)
      ? `kubectl set env ${kubectlName(object)}${container === undefined ? '' : ` -c ${container}`} ${shellWord(`${name}=${image}`)}`
      : `kubectl edit ${anyName(object)}`,
  );
  if (inSources.length > 0) return inSources;
  const annotation = one.injector === undefined ? undefined : injectorNamed(one.injector)?.annotation;
  if (annotation !== undefined && one.owner.kind !== 'Pod') {
    const patch = { spec: { template: { metadata: { annotations: { [annotation]: image } } } } };
    return [`kubectl patch ${kubectlName(one.owner)} --type merge -p ${shellWord(JSON.stringify(patch))}`];
  }
  return one.by.map(({ object }) => `kubectl edit ${anyName(object)}`);
}

/** Deletes what is left from before a correction, so that it is made anew. */
export function correctedCommands({ status }: PullProblem): readonly string[] {
  const left = (status.deviations ?? []).flatMap((one) => one.left ?? []);
  return [...new Set(left.map((ref) => `kubectl delete ${kubectlName(ref)}`))];
}

/** True when nothing is left of a problem but what hangs from before. */
export function isCorrected({ spec, status }: PullProblem): boolean {
  const kinds = (status.deviations ?? []).map(({ kind }) => kind);
  return spec.usages.length === 0 && kinds.length > 0 && kinds.every((kind) => kind === 'corrected');
}

/** Deviations that decide the image of an object which is left alone. */
export function deviationsOf(problem: PullProblem, object: ObjectRef): readonly Deviation[] {
  const owners = problem.status.failures
    .filter(({ pod, owner }) => sameObject(pod, object) || sameObject(owner, object))
    .map(({ owner }) => owner);
  return (problem.status.deviations ?? []).filter(
    ({ owner, image }) =>
      normaliseImage(image) === problem.spec.image && owners.some((one) => sameObject(one, owner)),
  );
}

/** With its group: a custom resource may have the name of another one. */
function anyName(object: ObjectRef): string {
  const name = shellWord(`${resourceName(object)}/${object.name}`);
  return object.namespace === undefined ? name : `${name} -n ${shellWord(object.namespace)}`;
}
