import type { ServerResponse } from 'node:http';
import { parseBasic, ProtocolError, sendProtocolError } from '../../../src/apps/hub/index.ts';
import { type AccessContext, knows, mayDo } from './access.ts';
import { parseScope, TOKEN_LIFETIME_SECONDS, type TokenAccess } from './token-service.ts';

export type TokenRequest = {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
};

/**
 * Answers a GET of the token endpoint (distribution's token spec, `docs/content/spec/auth/token.md`). The OAuth2 POST is
 * 404, as with many registries; clients then fall back to GET.
 */
export async function answerTokenRequest(
  context: AccessContext,
  { method, query, authorization }: TokenRequest,
  response: ServerResponse,
): Promise<void> {
  if (method !== 'GET') return sendJson(response, 404, { details: 'not found' });
  const given = parseBasic(authorization);
  if (authorization !== undefined && !(given && knows(context.site, context.board, given))) {
    return sendJson(response, 401, { details: 'incorrect username or password' });
  }
  const user = given?.username;
  const asked = query.getAll('scope').flatMap((scope) => parseScope(scope) ?? []);
  const access = asked.map(({ repository, actions }) => ({
    repository,
    actions: actions.filter((action) => mayDo(context, user, repository, action)),
  }));
  if (context.site.absent === 'denied' && !(await allReadable(context, access))) {
    return sendProtocolError(response, new ProtocolError('DENIED'));
  }
  const token = context.tokens.issue({ service: query.get('service') ?? '', user, access });
  sendJson(response, 200, {
    token,
    access_token: token,
    expires_in: TOKEN_LIFETIME_SECONDS,
    issued_at: new Date().toISOString(),
  });
}

async function allReadable({ exists }: AccessContext, access: readonly TokenAccess[]): Promise<boolean> {
  for (const { repository, actions } of access) {
    if (actions.length === 0 || !(await exists(repository))) return false;
  }
  return true;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
