import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebhookAnswer } from '../file/index.ts';
import { Counter } from './counter.ts';

/** What the API server asks (admission.k8s.io/v1, AdmissionReview). */
type Review = {
  readonly uid: string;
  readonly dryRun?: boolean;
  readonly object?: unknown;
  readonly oldObject?: unknown;
};

type PemPair = { readonly cert: string; readonly key: string };

/** The server of an admission webhook. */
export type AdmissionServer = {
  readonly port: number;
  setAnswer(answer: WebhookAnswer): Promise<void>;
  close(): Promise<void>;
};

export async function startAdmissionServer(
  address: string,
  certificate: PemPair,
  answer: WebhookAnswer,
): Promise<AdmissionServer> {
  const server = new Admission(address, certificate);
  await server.listen(0);
  await server.setAnswer(answer);
  return server;
}

class Admission implements AdmissionServer {
  readonly #address: string;
  readonly #certificate: PemPair;
  #server: Server | undefined;
  #answer: WebhookAnswer = 'allow';
  #counter: Counter = new Counter({ skip: 0 });
  port = 0;

  constructor(address: string, certificate: PemPair) {
    this.#address = address;
    this.#certificate = certificate;
  }

  async setAnswer(answer: WebhookAnswer): Promise<void> {
    this.#answer = answer;
    this.#counter = new Counter({
      skip: 0,
      ...(typeof answer === 'object' && 'skip' in answer ? answer : {}),
    });
    if (answer === 'down') await this.close();
    else if (this.#server === undefined) await this.listen(this.port);
  }

  async listen(port: number): Promise<void> {
    const server = createServer({ ...this.#certificate }, (request, response) => {
      this.#review(request, response).catch(() => response.destroy());
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.listen(port, this.#address);
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
  }

  async #review(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { request: review } = JSON.parse(await text(request)) as { request: Review };
    if (this.#answer === 'garbage') return void response.end('<html><body>Welcome</body></html>');
    const verdict = await this.#judge(review);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: { uid: review.uid, ...verdict },
      }),
    );
  }

  async #judge(review: Review): Promise<object> {
    const answer = this.#answer;
    if (typeof answer === 'string' || !this.#isMeant(answer, review)) return { allowed: true };
    if ('reject' in answer) return { allowed: false, status: { code: answer.code, message: answer.reject } };
    if ('delay' in answer) {
      await sleep(answer.delay * 1000);
      return { allowed: true };
    }
    const patch = Buffer.from(JSON.stringify(answer.patch)).toString('base64');
    return { allowed: true, patchType: 'JSONPatch', patch };
  }

  #isMeant(answer: Exclude<WebhookAnswer, string>, { dryRun = false, object, oldObject }: Review): boolean {
    if (answer.only !== undefined && (answer.only === 'dry-run') !== dryRun) return false;
    const json = JSON.stringify(object ?? oldObject ?? {});
    if (answer.matching !== undefined && !new RegExp(answer.matching, 'u').test(json)) return false;
    return this.#counter.meets();
  }
}
