import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type FaultRequest, HOST_STATES, type ImageRequest, type RequestFilter } from './api.ts';
import type { UpstreamsClient } from './client.ts';

export type Control = { close(): Promise<void> };

/** No call has more to say than this. */
const MAX_BODY_BYTES = 1024 * 1024;

const hostBody = z.strictObject({ state: z.enum(HOST_STATES) });

const imageBody = z.strictObject({
  name: z.string(),
  at: z.array(z.string()).optional(),
  platforms: z.array(z.string()).nonempty().optional(),
  layers: z.int().nonnegative().max(50).optional(),
  layerBytes: z
    .int()
    .nonnegative()
    .max(256 * 1024 * 1024)
    .optional(),
  runnable: z.boolean().optional(),
  cmd: z.array(z.string()).optional(),
  format: z.enum(['oci', 'docker']).optional(),
  multiArch: z.boolean().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  seed: z.string().optional(),
});

const faultTarget = {
  host: z.string(),
  repository: z.string(),
  only: z.enum(['manifests', 'blobs', 'token']).optional(),
  first: z.int().positive().optional(),
};

const faultBody = z.discriminatedUnion('kind', [
  z.strictObject({
    ...faultTarget,
    kind: z.literal('status'),
    status: z.literal([401, 403, 404, 429, 500, 502, 503]),
    retryAfterSeconds: z.int().nonnegative().optional(),
  }),
  z.strictObject({
    ...faultTarget,
    kind: z.literal('rate-limit'),
    requests: z.int().nonnegative(),
    windowSeconds: z.number().positive().optional(),
    retryAfterSeconds: z.int().nonnegative().optional(),
  }),
  z.strictObject({ ...faultTarget, kind: z.literal('html') }),
  z.strictObject({
    ...faultTarget,
    kind: z.literal('slow'),
    firstByteDelayMs: z.number().nonnegative().optional(),
    bytesPerSecond: z.number().positive().optional(),
  }),
  z.strictObject({
    ...faultTarget,
    kind: z.literal('reset-blob'),
    afterBytes: z.int().nonnegative().optional(),
  }),
  z.strictObject({ ...faultTarget, kind: z.literal('wrong-blob') }),
  z.strictObject({ ...faultTarget, kind: z.literal('redirect-blobs'), to: z.string() }),
  z.strictObject({ ...faultTarget, kind: z.literal('wrong-digest') }),
  z.strictObject({ ...faultTarget, kind: z.literal('without-platform'), platform: z.string() }),
  z.strictObject({
    ...faultTarget,
    kind: z.literal('require-auth'),
    username: z.string().optional(),
    password: z.string().optional(),
  }),
  z.strictObject({ ...faultTarget, kind: z.literal('gone-for-all') }),
]);

const requestQuery = z.strictObject({
  host: z.string().optional(),
  repository: z.string().optional(),
  since: z.coerce.number().int().nonnegative().optional(),
});

type Call = { readonly parts: readonly string[]; readonly query: URLSearchParams; readonly body: unknown };

/** The control API over a unix socket (`api.ts`); errors are 400 with `{"error": "…"}`. */
export async function startControl(upstreams: UpstreamsClient, socketPath: string): Promise<Control> {
  await rm(socketPath, { force: true });
  const server = createServer((request, response) => void answer(upstreams, request, response));
  server.listen(socketPath);
  await once(server, 'listening');
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  upstreams: UpstreamsClient,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://control');
    const parts = url.pathname.split('/').slice(1).map(decodeURIComponent);
    const body = await readJson(request);
    const result = await dispatch(upstreams, request.method ?? '', { parts, query: url.searchParams, body });
    sendJson(response, result === undefined ? 404 : 200, result ?? { error: 'no such call' });
  } catch (error) {
    const text = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    sendJson(response, 400, { error: text });
  }
}

async function dispatch(upstreams: UpstreamsClient, method: string, call: Call): Promise<unknown> {
  const { query, body } = call;
  const [, name = ''] = call.parts;
  switch (`${method} ${call.parts[0]}`) {
    case 'GET healthz':
      return upstreams.health();
    case 'GET hosts':
      return { hosts: await upstreams.hosts() };
    case 'PUT hosts':
      return upstreams.setHost(name, hostBody.parse(body).state);
    case 'POST images':
      return upstreams.makeImage(imageBody.parse(body) as ImageRequest);
    case 'DELETE images':
      return { deleted: await upstreams.deleteImages(z.string().min(1).parse(query.get('prefix'))) };
    case 'GET faults':
      return { faults: await upstreams.faults() };
    case 'POST faults':
      return { id: await upstreams.addFault(faultBody.parse(body) as FaultRequest) };
    case 'DELETE faults':
      await upstreams.removeFault(name);
      return {};
    case 'GET requests':
      return upstreams.requests(requestQuery.parse(Object.fromEntries(query)) as RequestFilter);
    case 'POST reset':
      await upstreams.reset();
      return {};
    default:
      return undefined;
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  return size === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
