import type { Exchange } from './exchange.ts';
import { ProtocolError } from './protocol-error.ts';

/** GET tags/list (end-8a, 8b): in lexical order, `n` of them after `last`. */
export async function listTags({ query, response, store }: Exchange, repository: string): Promise<void> {
  const all = await store.listTags(repository);
  if (all === undefined) throw new ProtocolError('NAME_UNKNOWN', { detail: { name: repository } });
  const last = query.get('last');
  const rest = last === null ? all : all.filter((tag) => tag > last);
  const count = pageSize(query.get('n'), rest.length);
  const tags = rest.slice(0, count);
  const final = tags.at(-1);
  const more = final !== undefined && tags.length < rest.length;
  const next = `</v2/${repository}/tags/list?n=${count}&last=${final}>; rel="next"`;
  const body = Buffer.from(JSON.stringify({ name: repository, tags }));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    ...(more ? { link: next } : {}),
  });
  response.end(body);
}

function pageSize(text: string | null, fallback: number): number {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : fallback;
}
