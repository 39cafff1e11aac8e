import { readBody } from '../http/body.ts';
import type { HttpMethod } from '../http/send.ts';
import type { Session } from './session.ts';

/** A request to another API on the host of a registry. */
export type PlainRequest = {
  /** From the root of the host, with its query. */
  readonly path: `/${string}`;
  readonly method?: HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
};

/** Whatever was answered, a redirect too: nothing is followed, so that no header goes to another host. */
export type PlainReply = {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  /** `GET https://…`, without secrets. */
  readonly request: string;
};

/** Throws PM_REGISTRY_UNREACHABLE, PM_TLS_UNTRUSTED, and PM_MIRROR_NOT_A_REGISTRY for a body without end. */
export async function sendPlain(
  session: Session,
  registry: string,
  request: PlainRequest,
): Promise<PlainReply> {
  const { documentMs, manifestBytes } = session.limits;
  const signals = [request.signal, AbortSignal.timeout(documentMs)].filter((it) => it !== undefined);
  const signal = AbortSignal.any(signals);
  const reply = await session.sendPlain(registry, { ...request, signal });
  const body = await readBody(reply, manifestBytes, signal);
  return {
    status: reply.status,
    header: (name) => reply.header(name)[0],
    body,
    request: reply.asked.request,
  };
}
