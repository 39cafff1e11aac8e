import { PullmendError, reasonOf } from '../../core/base/index.ts';

/** An issue as far as it is needed here. */
export type Issue = {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly url: string;
};

/** Issues of one repository (GitHub REST API 2022-11-28, "Issues"). Every method may throw PM_GITHUB_FAILED. */
export type Issues = {
  create(issue: {
    readonly title: string;
    readonly body: string;
    readonly labels: readonly string[];
  }): Promise<Issue>;
  /** Newest first; issues of the last `sinceDays`, at most 100. */
  list(filter: {
    readonly state: 'open' | 'closed' | 'all';
    readonly labels?: readonly string[];
    readonly author?: string;
    readonly sinceDays?: number;
  }): Promise<readonly Issue[]>;
  comment(number: number, text: string): Promise<void>;
  /** Adds a label and closes the issue. */
  close(number: number, label: string): Promise<void>;
};

export type GitHubOptions = {
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
  /** The API's address, as GitHub Enterprise and Actions give it in GITHUB_API_URL. */
  readonly api?: string | undefined;
  readonly signal: AbortSignal;
  readonly now?: () => Date;
};

const publicApi = 'https://api.github.com';
/** GitHub answers in a second or not at all. */
const timeoutMs = 20_000;
/** A hundred issues with long bodies. */
const maxAnswerBytes = 16 * 1024 * 1024;
const dayMs = 24 * 60 * 60 * 1000;

export function openIssues({
  repository,
  token,
  api,
  signal,
  now = () => new Date(),
}: GitHubOptions): Issues {
  const base = `${(api ?? publicApi).replace(/\/$/, '')}/repos/${repository}/issues`;
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        // A redirect would carry the token to wherever it points.
        redirect: 'error',
        headers: {
          Accept: 'application/vnd.github+json',
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'User-Agent': 'pullmend',
          'X-GitHub-Api-Version': '2022-11-28',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const text = await boundedText(response);
      if (!response.ok) throw new Error(`${method} ${base}${path} → ${response.status}${messageOf(text)}`);
      return JSON.parse(text);
    } catch (cause) {
      signal.throwIfAborted();
      throw new PullmendError('PM_GITHUB_FAILED', { what: reasonOf(cause) }, { cause });
    }
  };
  return {
    create: async (issue) => readIssue(await send('POST', '', issue)),
    async list({ state, labels = [], author, sinceDays }) {
      const query = new URLSearchParams({ state, per_page: '100', sort: 'created', direction: 'desc' });
      if (labels.length > 0) query.set('labels', labels.join(','));
      if (author !== undefined) query.set('creator', author);
      if (sinceDays !== undefined)
        query.set('since', new Date(now().getTime() - sinceDays * dayMs).toISOString());
      const answer = await send('GET', `?${query.toString()}`);
      return Array.isArray(answer) ? answer.map(readIssue) : [];
    },
    async comment(number, body) {
      await send('POST', `/${number}/comments`, { body });
    },
    async close(number, label) {
      await send('POST', `/${number}/labels`, { labels: [label] });
      await send('PATCH', `/${number}`, { state: 'closed' });
    },
  };
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxAnswerBytes) throw new Error('the answer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function messageOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    const message =
      typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : undefined;
    return typeof message === 'string' ? ` ${message.slice(0, 200)}` : '';
  } catch {
    return '';
  }
}

function readIssue(json: unknown): Issue {
  const it = typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  const user = typeof it['user'] === 'object' && it['user'] !== null ? it['user'] : {};
  const { number, title, html_url: url } = it;
  if (typeof number !== 'number' || typeof title !== 'string') throw new Error('the answer is no issue');
  return {
    number,
    title,
    url: typeof url === 'string' ? url : '',
    author: 'login' in user && typeof user.login === 'string' ? user.login : '',
  };
}
