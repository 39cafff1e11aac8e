import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export type FakeIssue = {
  readonly number: number;
  title: string;
  body: string;
  labels: string[];
  state: 'open' | 'closed';
  author: string;
  comments: string[];
};

export type FakeGitHub = {
  readonly url: string;
  readonly issues: FakeIssue[];
  /** Requests that a real GitHub would have refused. */
  readonly refused: string[];
  readonly close: () => Promise<void>;
};

/** The part of GitHub's REST API for issues of `acme/mirror` that is used here; refuses what GitHub refuses. */
export async function startGitHub(token: string): Promise<FakeGitHub> {
  const issues: FakeIssue[] = [];
  const refused: string[] = [];
  const json = ({ number, title, author, state, labels }: FakeIssue) => ({
    number,
    title,
    state,
    labels: labels.map((name) => ({ name })),
    user: { login: author },
    html_url: `https://github.com/acme/mirror/issues/${number}`,
  });
  const answer = async (method: string, path: string, body: string): Promise<[number, unknown]> => {
    const url = new URL(path, 'http://github');
    const base = '/repos/acme/mirror/issues';
    if (!url.pathname.startsWith(base)) return [404, { message: 'Not Found' }];
    const [, id, part] = url.pathname.slice(base.length).split('/');
    if (id === undefined && method === 'GET') {
      const wanted = url.searchParams.get('labels')?.split(',') ?? [];
      const author = url.searchParams.get('creator');
      const state = url.searchParams.get('state') ?? 'open';
      const found = issues.filter(
        (it) =>
          wanted.every((label) => it.labels.includes(label)) &&
          (author === null || it.author === author) &&
          (state === 'all' || it.state === state),
      );
      return [200, found.map(json)];
    }
    const sent = JSON.parse(body) as { title?: string; body?: string; labels?: string[]; state?: 'closed' };
    if (id === undefined && method === 'POST') {
      if (typeof sent.title !== 'string' || sent.title === '') return [422, { message: 'Validation Failed' }];
      const number = issues.length + 1;
      const fresh = { number, state: 'open' as const, author: 'ann', comments: [] };
      issues.push({ ...fresh, title: sent.title, body: sent.body ?? '', labels: sent.labels ?? [] });
      return [201, json(issues[number - 1] as FakeIssue)];
    }
    const issue = issues.find((it) => String(it.number) === id);
    if (issue === undefined) return [404, { message: 'Not Found' }];
    if (method === 'POST' && part === 'comments' && typeof sent.body === 'string') {
      issue.comments.push(sent.body);
      return [201, {}];
    }
    if (method === 'POST' && part === 'labels' && Array.isArray(sent.labels)) {
      issue.labels.push(...sent.labels);
      return [200, []];
    }
    if (method === 'PATCH' && part === undefined && sent.state === 'closed') {
      issue.state = 'closed';
      return [200, json(issue)];
    }
    return [422, { message: 'Validation Failed' }];
  };
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    void (async () => {
      const authorised = headers.authorization === `Bearer ${token}` && headers['user-agent'] !== undefined;
      const body = await text(request);
      const [status, said] = authorised
        ? await answer(method, url, body)
        : ([401, { message: 'Bad credentials' }] as const);
      if (status >= 400) refused.push(`${method} ${url} ${status}`);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(said));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    issues,
    refused,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
