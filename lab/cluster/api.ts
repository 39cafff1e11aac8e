import { readFileSync } from 'node:fs';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { pkiFile } from './pki.ts';
import { API_URL } from './topology.ts';

/** A question of the boot is answered at once or asked again. */
const TIMEOUT_MS = 2000;

/** An answer that is not 200, or none at all, is undefined: while booting both mean "not yet". */
type Answer = string | undefined;

/** GET on the API server as admin. */
export async function getFromApi(path: string): Promise<Answer> {
  const credentials = {
    ca: readFileSync(pkiFile('ca.crt')),
    cert: readFileSync(pkiFile('admin.crt')),
    key: readFileSync(pkiFile('admin.key')),
  };
  return answerOf((onResponse) =>
    requestHttps(API_URL + path, { ...credentials, agent: false, timeout: TIMEOUT_MS }, onResponse),
  );
}

/** GET over a Unix socket. */
export async function getFromSocket(socketPath: string, path: string): Promise<Answer> {
  return answerOf((onResponse) =>
    requestHttp({ socketPath, path, agent: false, timeout: TIMEOUT_MS }, onResponse),
  );
}

async function answerOf(
  send: (onResponse: (response: IncomingMessage) => void) => ReturnType<typeof requestHttp>,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = send(resolve);
  request.once('error', reject);
  request.once('timeout', () => request.destroy(new Error('timeout')));
  request.end();
  try {
    const response = await promise;
    const body = await text(response);
    return response.statusCode === 200 ? body : undefined;
  } catch {
    return undefined;
  }
}

export type NodeState = { readonly name: string; readonly ready: boolean };

type NodeList = {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly taints?: readonly unknown[] };
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  }[];
};

/** The nodes as the API server knows them; ready means that pods can be scheduled, so untainted too. */
export async function nodeStates(): Promise<NodeState[]> {
  const answer = await getFromApi('/api/v1/nodes');
  const { items } = JSON.parse(answer ?? '{"items":[]}') as NodeList;
  return items.map(({ metadata, spec, status }) => ({
    name: metadata.name,
    ready:
      (spec.taints ?? []).length === 0 &&
      (status.conditions ?? []).some(
        (condition) => condition.type === 'Ready' && condition.status === 'True',
      ),
  }));
}
