import * as z from 'zod';
import { PullmendError, reasonOf } from '../../../core/base/index.ts';
import { ChildLimitError, runChild } from '../../process/index.ts';
import { safeText } from '../http/redact.ts';
import type { Credentials } from './keychain.ts';

/** Helpers may unlock a key ring, but nobody is there to answer a question. */
const helperTimeoutMs = 10_000;
/** A token of a cloud has some kilobytes. */
const maxAnswerBytes = 1024 * 1024;

/** A helper that a user has is a program in PATH, never a path. */
const helperName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** The user name that marks an identity token (docker-credential-helpers, README). */
const tokenUser = '<token>';

const answerSchema = z.object({ Username: z.string(), Secret: z.string() });

/**
 * Asks `docker-credential-NAME get` for a server's credentials; `undefined` when it has none.
 * Throws PM_CREDENTIAL_HELPER when it is missing, fails or answers nonsense.
 */
export async function askHelper(
  name: string,
  server: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Credentials | undefined> {
  const helper = `docker-credential-${name}`;
  const fail = (reason: string) => new PullmendError('PM_CREDENTIAL_HELPER', { helper, reason });
  if (!helperName.test(name)) throw fail('not a name of a helper');
  const output = await runChild({
    path: helper,
    args: ['get'],
    env,
    input: server,
    timeoutMs: helperTimeoutMs,
    maxOutputBytes: maxAnswerBytes,
  }).catch((error: unknown) => {
    throw fail(error instanceof ChildLimitError ? error.message : safeText(reasonOf(error)));
  });
  if (/credentials not found/i.test(output.stdout)) return undefined;
  if (output.exit !== 0) throw fail(safeText(output.stdout) || safeText(output.stderr) || 'it failed');
  const answer = answerSchema.safeParse(parseJson(output.stdout));
  if (!answer.success) throw fail('its answer is no JSON with Username and Secret');
  const { Username: username, Secret: secret } = answer.data;
  if (secret === '') return undefined;
  return username === tokenUser
    ? { type: 'identity-token', token: secret }
    : { type: 'basic', username, password: secret };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
