import {
  type AccessRequest,
  type Authorize,
  parseBasic,
  ProtocolError,
} from '../../../src/apps/hub/index.ts';
import { ACCOUNT, type RegistrySite } from '../sites.ts';
import type { FaultBoard } from './fault-board.ts';
import type { TokenClaims, TokenService } from './token-service.ts';

export type AccessContext = {
  readonly site: RegistrySite;
  readonly board: FaultBoard;
  readonly tokens: TokenService;
  readonly exists: (repository: string) => Promise<boolean>;
};

type Action = AccessRequest['action'];

/** Who is allowed what in one registry, with the challenge that this registry really sends. */
export function createAuthorize(context: AccessContext): Authorize {
  const { site, tokens } = context;
  return async ({ authorization, repository, action }) => {
    const token = site.tokens && tokens.read(authorization, site.tokens.service);
    const user = token?.user ?? basicUser(context, authorization);
    if (repository === undefined) {
      if (site.tokens && token === undefined && user === undefined) throw challenge(site);
      return;
    }
    if (projectOf(site, repository) === 'missing') throw challenge(site, { repository, action, token });
    if (action !== 'pull') demandChange(context, { repository, action, token, user });
    else await demandRead(context, { repository, action, token, user });
  };
}

/** The name behind a Basic header, undefined when there is none or this registry would not look at it. */
export function basicUser(
  { site, board }: Pick<AccessContext, 'site' | 'board'>,
  authorization: string | undefined,
): string | undefined {
  if (site.tokens !== undefined && site.tokens.basicToo === undefined) return undefined;
  const given = parseBasic(authorization);
  return given && knows(site, board, given) ? given.username : undefined;
}

export function knows(
  site: RegistrySite,
  board: FaultBoard,
  given: { readonly username: string; readonly password: string },
): boolean {
  const accounts = board
    .list()
    .filter((fault) => fault.kind === 'require-auth' && fault.host === site.host)
    .map((fault) => ({ ...ACCOUNT, ...fault }));
  return [ACCOUNT, ...accounts].some(
    ({ username, password }) => username === given.username && password === given.password,
  );
}

/** What `user` may do with a repository, whatever token or header says who it is. */
export function mayDo(
  { site, board }: Pick<AccessContext, 'site' | 'board'>,
  user: string | undefined,
  repository: string,
  action: string,
): boolean {
  const fault = board.find('require-auth', site.host, repository);
  const project = projectOf(site, repository);
  const readable =
    fault !== undefined
      ? user === (fault.username ?? ACCOUNT.username)
      : project === 'public' || project === 'proxy' || user === ACCOUNT.username;
  if (action === 'pull' || !readable) return readable && action === 'pull';
  return project !== 'proxy' && (site.push === 'anybody' || (site.push === 'account' && user !== undefined));
}

type Caller = {
  readonly repository: string;
  readonly action: Action;
  readonly token: TokenClaims | undefined;
  readonly user: string | undefined;
};

async function demandRead(context: AccessContext, caller: Caller): Promise<void> {
  const { site } = context;
  const withToken = site.tokens?.always === true || caller.token !== undefined;
  const allowed = withToken ? grants(caller) : mayDo(context, caller.user, caller.repository, 'pull');
  if (!allowed) throw site.absent === 'denied' && caller.token ? denied() : challenge(site, caller);
  if (site.absent === 'unauthorized' && !(await context.exists(caller.repository)))
    throw challenge(site, caller);
}

function demandChange(context: AccessContext, caller: Caller): void {
  const { site } = context;
  if (projectOf(site, caller.repository) === 'proxy') {
    const project = caller.repository.split('/', 1).join('');
    throw denied(`can not push artifact to a proxy project: ${project}`);
  }
  if (site.push === 'nobody') throw denied();
  const allowed =
    caller.token === undefined
      ? mayDo(context, caller.user, caller.repository, caller.action)
      : grants(caller);
  if (!allowed) throw challenge(site, caller);
}

function grants({ token, repository, action }: Caller): boolean {
  return (
    token?.access.some((entry) => entry.repository === repository && entry.actions.includes(action)) ?? false
  );
}

function projectOf(site: RegistrySite, repository: string): 'public' | 'private' | 'proxy' | 'missing' {
  if (site.projects === undefined) return 'public';
  return site.projects[repository.split('/', 1).join('')] ?? 'missing';
}

/** 401 as this registry sends it; a token that was not enough is named as such. */
export function challenge(
  { host, tokens }: RegistrySite,
  asked?: Pick<Caller, 'repository' | 'action' | 'token'>,
): ProtocolError {
  const parts =
    tokens === undefined
      ? [`Basic realm="${host}"`]
      : [
          `Bearer realm="${tokens.realm}"`,
          `service="${tokens.service}"`,
          ...(asked ? [`scope="repository:${asked.repository}:${scopeActions(asked.action)}"`] : []),
          ...(asked?.token ? ['error="insufficient_scope"'] : []),
        ];
  return new ProtocolError('UNAUTHORIZED', { headers: { 'www-authenticate': parts.join(',') } });
}

function scopeActions(action: Action): string {
  return action === 'push' ? 'pull,push' : action;
}

function denied(message?: string): ProtocolError {
  return new ProtocolError('DENIED', message === undefined ? {} : { message });
}
