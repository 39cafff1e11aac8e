import * as z from 'zod';
import { PullmendError, redact } from '../../core/base/index.ts';
import { outcomeError } from '../../core/knowledge/mirrors/index.ts';
import { apiRoot, type HarborReply, type HarborRequest, type HarborSend } from './transport.ts';

export type ApiOptions = {
  /** `host[:port]`, for messages. */
  readonly host: string;
  readonly send: HarborSend;
  /** Absent: nobody in particular, who sees public projects only. */
  readonly login?: { readonly username: string; readonly password: string };
};

/** Below `/api/v2.0`. Every method may throw PM_HARBOR_*, PM_REGISTRY_*, PM_TLS_UNTRUSTED. */
export type Api = {
  /** `undefined` for a status of `absent`. */
  readonly get: <T>(path: string, schema: z.ZodType<T>, absent?: readonly number[]) => Promise<T | undefined>;
  readonly exists: (path: string) => Promise<boolean>;
  readonly list: <T>(path: string, schema: z.ZodType<T>) => Promise<readonly T[]>;
  /** The answer's body, and its Location. */
  readonly send: (
    method: 'POST' | 'PUT',
    path: string,
    body: object,
  ) => Promise<{ readonly body: unknown; readonly id: number }>;
};

/** The most that the API gives at once (`page_size`, maximum 100). */
const pageSize = 100;
/** No Harbor that is looked at here has more endpoints, rules or robots; a server that never ends is refused. */
const maxPages = 50;

const errorsSchema = z.object({
  errors: z.array(z.object({ code: z.string().default(''), message: z.string().nullish() })).min(1),
});

export function openApi({ host, send, login }: ApiOptions): Api {
  const headers = { accept: 'application/json', 'x-is-resource-name': 'true', ...authorization(login) };
  const ask = async (method: HarborRequest['method'], path: string, body?: object): Promise<HarborReply> =>
    await send({
      method,
      path: `${apiRoot}${path}` as const,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    async get(path, schema, absent = [404]) {
      const reply = await ask('GET', path);
      if (absent.includes(reply.status)) return undefined;
      return read(reply, schema, host);
    },
    async exists(path) {
      const reply = await ask('HEAD', path);
      if (reply.status === 200) return true;
      if (reply.status === 404) return false;
      throw replyError(reply, host);
    },
    async list(path, schema) {
      const found = [];
      for (let page = 1; page <= maxPages; page++) {
        const query = `${path.includes('?') ? '&' : '?'}page=${page}&page_size=${pageSize}`;
        const items = read(await ask('GET', `${path}${query}`), z.array(schema), host);
        found.push(...items);
        if (items.length < pageSize) return found;
      }
      throw new PullmendError('PM_HARBOR_ENDLESS', { host, list: path, most: found.length });
    },
    async send(method, path, body) {
      const reply = await ask(method, path, body);
      if (reply.status !== 200 && reply.status !== 201) throw replyError(reply, host);
      const [, id = '0'] = /\/(\d+)$/.exec(reply.header('location') ?? '') ?? [];
      return { body: json(reply), id: Number(id) };
    },
  };
}

function authorization(login: ApiOptions['login']): Readonly<Record<string, string>> {
  if (login === undefined) return {};
  const { username, password } = login;
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

function read<T>(reply: HarborReply, schema: z.ZodType<T>, host: string): T {
  if (reply.status !== 200) throw replyError(reply, host);
  const parsed = schema.safeParse(json(reply));
  if (parsed.success) return parsed.data;
  const detail = `${reply.request} → 200, not what Harbor's API answers`;
  throw outcomeError('not-a-registry', { who: host, detail });
}

function json({ body }: HarborReply): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What an answer means; Harbor tells its reason as `{"errors":[{"code","message"}]}`. */
function replyError(reply: HarborReply, host: string): PullmendError {
  const { status, request } = reply;
  const said = wordsOf(reply);
  const where = `${request} → ${status}${said === '' ? '' : ` ${said}`}`;
  const facts = { who: host, detail: where };
  if (status === 401) return new PullmendError('PM_HARBOR_UNAUTHORIZED', { host }, { where });
  if (status === 403) return new PullmendError('PM_HARBOR_FORBIDDEN', { host }, { where });
  if (status === 429) return outcomeError('rate-limited', facts);
  if (status >= 500) return outcomeError('server-error', facts);
  if (status < 400) return outcomeError('not-a-registry', facts);
  return new PullmendError('PM_HARBOR_REFUSED', { host, status, said }, { where });
}

function wordsOf(reply: HarborReply): string {
  const parsed = errorsSchema.safeParse(json(reply));
  const [first] = parsed.success ? parsed.data.errors : [];
  const words = [first?.code ?? '', first?.message ?? ''].filter((it) => it !== '').join(': ');
  return redact(words.replaceAll(/\s+/g, ' ')).slice(0, 200);
}
