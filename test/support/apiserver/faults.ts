import type { StubReply, StubRequest } from './reply.ts';

/** `reset`: nothing is done; `lost`: it is done, and the answer does not arrive; `hang`: there is no answer at all. */
export type Trouble = StubReply | 'reset' | 'lost' | 'hang';

/** What goes wrong, with which requests, and how often. */
export type Fault = {
  readonly method?: string;
  readonly path?: RegExp;
  readonly watch?: boolean;
  readonly dryRun?: boolean;
  /** Requests that are let through first; default 0. */
  readonly after?: number;
  /** Default once. */
  readonly times?: number;
  readonly reply: Trouble;
};

/** Plays faults in order: each request meets the first fault that matches it and is not used up. */
export function playFaults(faults: readonly Fault[]): (request: StubRequest) => Trouble | undefined {
  const left = faults.map((fault) => ({ fault, skip: fault.after ?? 0, times: fault.times ?? 1 }));
  return (request) => {
    for (const each of left) {
      if (each.times === 0 || !matches(each.fault, request)) continue;
      if (each.skip > 0) {
        each.skip -= 1;
        continue;
      }
      each.times -= 1;
      return each.fault.reply;
    }
    return undefined;
  };
}

function matches({ method, path, watch, dryRun }: Fault, request: StubRequest): boolean {
  const isWatch = request.query.get('watch') === 'true';
  const isDryRun =
    request.query.get('dryRun') === 'All' || JSON.stringify(request.body ?? '').includes('"dryRun"');
  return (
    (method === undefined || method === request.method) &&
    (path === undefined || path.test(request.path)) &&
    (watch === undefined || watch === isWatch) &&
    (dryRun === undefined || dryRun === isDryRun)
  );
}

/** A refusal with the API server's own body. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): StubReply {
  const reason = { 403: 'Forbidden', 410: 'Expired', 429: 'TooManyRequests', 503: 'ServiceUnavailable' }[
    status
  ];
  return {
    status,
    headers,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code: status,
      message,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}
