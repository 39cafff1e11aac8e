import type { Lang } from '../../../../core/base/index.ts';
import { messages, type Catalog } from '../../words/index.ts';
import { services, type ImageRequest } from '../../../../core/knowledge/requests/index.ts';
import { apiVersion } from '../../../../core/model/index.ts';
import type { Answer, Document, RequestResult } from '../../../../flows/index.ts';
import { errorDocument } from '../errors.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

type Asked = { readonly request: ImageRequest; readonly issue?: { readonly url: string } | undefined };

/** The issue as it is, or as it would be. */
export function requestScreen({ request, issue }: Asked, page: Page): readonly string[] {
  const { labels } = page.m.requests;
  const { repository, title, body, link } = request;
  return [
    page.paint.strong(repository),
    `  ${labels.title}  ${title}`,
    ...(body === '' ? [] : [`  ${labels.body}  ${body}`]),
    // Never wrapped: a link in two lines cannot be opened.
    issue === undefined ? `  ${labels.link}  ${link}` : `  ${labels.issue}  ${issue.url}`,
  ];
}

export function servicesScreen({ m, lang, paint, width }: Page): readonly string[] {
  const { labels, ownRepository } = m.requests;
  return services.flatMap(({ name, repository, terms, source }, index) => [
    ...(index > 0 ? [''] : []),
    `${paint.strong(name)}  ${repository ?? ownRepository}`,
    ...wrap(m.words.labelled(labels.terms, terms[lang]), width - 2).map((line) => `  ${line}`),
    `  ${paint.quiet(source)}`,
  ]);
}

/** `requests list -o json`. */
export function serviceDocument(lang: Lang): Document {
  const items = services.map(({ name, repository, labels, terms, source }) => ({
    name,
    ...(repository === undefined ? {} : { repository }),
    labels,
    terms: terms[lang],
    source,
  }));
  return { apiVersion, kind: 'ServiceList', items };
}

/** `request -o json`. */
export function requestDocument({ request, issue, declined, found }: RequestResult): Document {
  return { apiVersion, kind: 'ImageRequest', request, issue, declined, found };
}

/** What the author of the issue reads, in both languages: nobody knows which is his. */
export function answerWords(answer: Answer, m: Catalog, lang: Lang, quota: number): string {
  const other: Lang = lang === 'en' ? 'zh' : 'en';
  return `${words(answer, m, lang, quota)}\n\n${words(answer, messages(other), other, quota)}`;
}

function words(answer: Answer, { requests: { answer: m } }: Catalog, lang: Lang, quota: number): string {
  switch (answer.outcome) {
    case 'served':
      return m.served(answer.image, answer.target, answer.digest);
    case 'failed':
      return m.failed(answer.image, answer.error?.text(lang).what ?? '');
    case 'refused':
      if (answer.reason === 'no-image') return m.noImage;
      return answer.reason === 'over-quota' ? m.overQuota(quota) : m.notAllowed(answer.image ?? '');
  }
}

export function answerScreen(answer: Answer, { m }: Page): readonly string[] {
  const said = m.requests.done[answer.outcome];
  if (answer.outcome === 'served') return [`${said}  ${answer.image} → ${answer.target}  ${answer.digest}`];
  const reason = answer.outcome === 'failed' ? answer.error?.code : answer.reason;
  return [`${said}  ${answer.image ?? ''}  ${reason ?? ''}`];
}

/** `requests answer -o json`. */
export function answerDocument(answer: Answer, lang: Lang): Document {
  const { outcome } = answer;
  if (outcome !== 'failed') return { apiVersion, kind: 'RequestAnswer', ...answer };
  const error = answer.error === undefined ? undefined : errorDocument(answer.error, lang);
  return { apiVersion, kind: 'RequestAnswer', outcome, image: answer.image, error };
}
