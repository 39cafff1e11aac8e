import type { Json, JsonObject } from '../../../src/core/model/index.ts';
import { apiGroup, type KindInfo } from '../../../src/core/knowledge/pods/index.ts';

/** A request as the stub got it. */
export type StubRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: Json;
};

export type StubReply = {
  readonly status: number;
  readonly body: Json | string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A reply that is thrown: the request failed. */
export class Refusal extends Error {
  readonly reply: StubReply;

  constructor(status: number, reason: string, message: string, details?: JsonObject) {
    super(message);
    this.reply = {
      status,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message,
        reason,
        details: details ?? {},
        code: status,
      },
    };
  }
}

/** `deployments.apps "web"`, as the API server names an object in its messages. */
export function quoted(info: KindInfo, name: string): string {
  const group = apiGroup(info.apiVersions[0]);
  return `${info.plural}${group === '' ? '' : `.${group}`} "${name}"`;
}

export function notFound(info: KindInfo, name: string): Refusal {
  return new Refusal(404, 'NotFound', `${quoted(info, name)} not found`, { name, kind: info.plural });
}

export function alreadyExists(info: KindInfo, name: string): Refusal {
  return new Refusal(409, 'AlreadyExists', `${quoted(info, name)} already exists`, {
    name,
    kind: info.plural,
  });
}

export function conflict(info: KindInfo, name: string, why: string): Refusal {
  return new Refusal(409, 'Conflict', `Operation cannot be fulfilled on ${quoted(info, name)}: ${why}`, {
    name,
    kind: info.plural,
  });
}

export function invalid(info: KindInfo, name: string, field: string, why: string): Refusal {
  const group = apiGroup(info.apiVersions[0]);
  const kind = `${info.kind}${group === '' ? '' : `.${group}`}`;
  return new Refusal(422, 'Invalid', `${kind} "${name}" is invalid: ${field}: ${why}`, {
    name,
    kind: info.kind,
    causes: [{ reason: 'FieldValueInvalid', message: why, field }],
  });
}

/** What a JSON Patch gets that does not apply, a failed `test` included: no word about which operation. */
export function patchFailed(): Refusal {
  const message = 'the server rejected our request due to an error in our request';
  return new Refusal(422, 'Invalid', message);
}
