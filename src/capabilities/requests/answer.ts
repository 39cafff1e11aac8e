import type { Issue, Issues } from '../../adapters/github/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import {
  formatReference,
  repositoryMatches,
  repositoryName,
  tryParseReference,
  type Reference,
} from '../../core/image/index.ts';
import { openCopying, type CopierOptions } from '../copy/index.ts';
import { issuesOf } from './request.ts';

/** What became of a request, and what its author is told. */
export type Answer =
  | { readonly outcome: 'served'; readonly image: string; readonly target: string; readonly digest: string }
  | {
      readonly outcome: 'refused';
      readonly reason: 'no-image' | 'not-allowed' | 'over-quota';
      readonly image?: string;
    }
  | { readonly outcome: 'failed'; readonly image: string; readonly error: PullmendError | undefined };

export type AnswerOptions = {
  /** A writable mirror by its name. */
  readonly to: string;
  /** Globs over names without tag; empty: nothing may be asked for. */
  readonly allow: readonly string[];
  /** Requests of one person in 24 hours. */
  readonly quota: number;
  readonly platforms: readonly string[];
  readonly words: (answer: Answer) => string;
};

/** Longer titles are no image names: 255 characters of a name, 128 of a tag, 71 of a digest. */
const maxTitle = 500;
const title = /^\s*\[(?:PULLMEND|PORTER)\]\s*(\S+)\s*$/;
const label = 'pullmend';

/**
 * Carries out the request of an issue, as the event of a workflow holds it, and answers it. The title is data and
 * never a part of a command; what may be copied and how often is decided before anything is fetched.
 */
export async function answerRequest(
  event: string,
  options: AnswerOptions,
  world: CopierOptions,
): Promise<Answer> {
  const issue = issueOfEvent(event);
  const issues = issuesOf(repositoryOf(world), world);
  const image = imageOf(issue);
  const answer =
    refusal(image, options) ??
    (await overQuota(issue.author, options.quota, issues)) ??
    (await served(image, options, world));
  await issues.comment(issue.number, options.words(answer));
  await issues.close(issue.number, answer.outcome === 'served' ? 'success' : 'failure');
  return answer;
}

/** The images of the newest requests that were served, each once. */
export async function servedImages(world: CopierOptions): Promise<readonly string[]> {
  const issues = issuesOf(repositoryOf(world), world);
  const done = await issues.list({ state: 'closed', labels: [label, 'success'] });
  return [...new Set(done.flatMap((issue) => imageOf(issue) ?? []).map((image) => formatReference(image)))];
}

function repositoryOf({ env }: CopierOptions): string {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new PullmendError('PM_REQUEST_NEEDS_REPO', { service: 'GITHUB_REPOSITORY' });
  }
  return repository;
}

/** Throws PM_REQUEST_EVENT. */
function issueOfEvent(event: string): Pick<Issue, 'number' | 'title' | 'author'> {
  try {
    const { issue } = JSON.parse(event) as {
      issue: { number: unknown; title: unknown; user: { login: unknown } };
    };
    const { number, title: text, user } = issue;
    if (typeof number === 'number' && typeof text === 'string' && typeof user.login === 'string') {
      return { number, title: text, author: user.login };
    }
  } catch {
    // Said below: it makes no difference how it is broken.
  }
  throw new PullmendError('PM_REQUEST_EVENT', {});
}

function imageOf({ title: text }: Pick<Issue, 'title'>): Reference | undefined {
  const [, name] = text.length > maxTitle ? [] : (title.exec(text) ?? []);
  return name === undefined ? undefined : tryParseReference(name);
}

function refusal(image: Reference | undefined, { allow }: AnswerOptions): Answer | undefined {
  if (image === undefined) return { outcome: 'refused', reason: 'no-image' };
  if (repositoryMatches(allow, repositoryName(image))) return undefined;
  return { outcome: 'refused', reason: 'not-allowed', image: formatReference(image) };
}

async function overQuota(author: string, quota: number, issues: Issues): Promise<Answer | undefined> {
  const today = await issues.list({ state: 'all', labels: [label], author, sinceDays: 1 });
  // The issue that is answered counts too.
  return today.length > quota ? { outcome: 'refused', reason: 'over-quota' } : undefined;
}

async function served(
  image: Reference | undefined,
  options: AnswerOptions,
  world: CopierOptions,
): Promise<Answer> {
  if (image === undefined) return { outcome: 'refused', reason: 'no-image' };
  const name = formatReference(image);
  const copying = await openCopying(world);
  try {
    const pairs = await copying.below(options.to, [image]);
    const { results } = await copying.copy(pairs, { platforms: options.platforms, dryRun: false });
    const [result] = results;
    const { state, target, digest } = result ?? {};
    if (state === 'failed' || target === undefined || digest === undefined) {
      return { outcome: 'failed', image: name, error: result?.error };
    }
    return { outcome: 'served', image: name, target, digest };
  } catch (error) {
    if (!(error instanceof PullmendError)) throw error;
    return { outcome: 'failed', image: name, error };
  } finally {
    await copying.close();
  }
}
