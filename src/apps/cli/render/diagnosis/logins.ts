import { tryParseReference } from '../../../../core/image/index.ts';
import type { PullProblem, PullSecretFact } from '../../../../core/model/index.ts';
import { shellWord } from '../names.ts';
import type { Page } from '../page.ts';
import { row } from '../rows.ts';

/** Secrets that are told; of more only the number. */
const mostRows = 4;

/** The `login` rows of a refused image: what its pull secrets are good for. */
export function loginRows(problem: PullProblem, page: Page): readonly string[] {
  const texts = loginTexts(problem, page);
  const more = texts.length > mostRows ? [page.m.words.more(texts.length - mostRows)] : [];
  return [...texts.slice(0, mostRows), ...more].flatMap((text, index) =>
    row(index === 0 ? page.m.problems.labels.login : '', text, page),
  );
}

/** The same without a form. */
export function loginTexts({ spec, status }: PullProblem, page: Page): readonly string[] {
  const host = tryParseReference(spec.image)?.registry ?? spec.image;
  const told = (status.pullSecrets ?? []).map((fact) => factText(fact, host, page));
  const isRefused = status.diagnosis.class === 'unauthorized';
  const namesNone =
    status.failures.length > 0 && status.failures.every((one) => one.pullSecrets.length === 0);
  return isRefused && namesNone ? [page.m.logins.none(host), ...told] : told;
}

function factText(fact: PullSecretFact, host: string, { m }: Page): string {
  const { logins, words } = m;
  const { namespace, user = '', hosts, elsewhere, type = '' } = fact;
  const secret = `${namespace}/${fact.name}`;
  if (!fact.isNamed) return logins.unused(secret, host);
  const states: Readonly<Record<PullSecretFact['state'], () => string>> = {
    fits: () => logins.fits(secret, user, host),
    incomplete: () => logins.incomplete(secret, user, host),
    'other-hosts': () => logins['other-hosts'](secret, words.list(hosts), host),
    missing: () => logins.missing(secret),
    'wrong-type': () => logins['wrong-type'](secret, type),
    broken: () => logins.broken(secret),
    unreadable: () => logins.unreadable(secret, namespace),
  };
  const text = states[fact.state]();
  return elsewhere.length === 0 ? text : words.sentences([text, logins.elsewhere(words.list(elsewhere))]);
}

/** What uses a Secret that is there already: one that the pods do not name, or one of the same name elsewhere. */
export function loginCommands({ status }: PullProblem): readonly string[] {
  const facts = status.pullSecrets ?? [];
  const unused = facts.find(({ isNamed }) => !isNamed);
  if (unused !== undefined) {
    const patch = JSON.stringify({ imagePullSecrets: [{ name: unused.name }] });
    return [`kubectl patch serviceaccount default -n ${shellWord(unused.namespace)} -p ${shellWord(patch)}`];
  }
  const missing = facts.find(({ state, elsewhere }) => state === 'missing' && elsewhere.length > 0);
  const [from = ''] = missing?.elsewhere ?? [];
  if (missing === undefined) return [];
  const own = String.raw`/^  \(namespace\|uid\|resourceVersion\|creationTimestamp\):/d`;
  return [
    `kubectl get secret ${shellWord(missing.name)} -n ${shellWord(from)} -o yaml | sed ${shellWord(own)} | kubectl apply -n ${shellWord(missing.namespace)} -f -`,
  ];
}
