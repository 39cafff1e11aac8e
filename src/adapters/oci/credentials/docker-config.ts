import path from 'node:path';
import * as z from 'zod';
import { PullmendError, reasonOf } from '../../../core/base/index.ts';
import { readRegular } from '../../files/index.ts';
import { askHelper } from './helper.ts';
import type { Credentials, Keychain } from './keychain.ts';
import { findEntry, serverOf } from './match.ts';

/** Thousands of logins have some hundred kilobytes. */
const maxFileBytes = 4 * 1024 * 1024;

const entrySchema = z.object({
  auth: z.string().nullish(),
  username: z.string().nullish(),
  password: z.string().nullish(),
  identitytoken: z.string().nullish(),
});

const configSchema = z.object({
  auths: z.record(z.string(), entrySchema).nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
  credsStore: z.string().nullish(),
});

type Entry = z.infer<typeof entrySchema>;
type DockerConfig = z.infer<typeof configSchema>;

/**
 * The credentials of `docker login`: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`; helpers of one host
 * before the store before the file's own entries, as docker does. Read when first asked; a missing file holds none.
 */
export function dockerConfigKeychain(sources: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}): Keychain {
  const { env, home } = sources;
  const file = path.join(env['DOCKER_CONFIG'] || path.join(home, '.docker'), 'config.json');
  const asked = new Map<string, Promise<Credentials | undefined>>();
  let config: Promise<DockerConfig> | undefined;
  return {
    async find(registry, repository) {
      config ??= loadConfig(file);
      const { auths, credHelpers, credsStore } = await config;
      const helper = findEntry(credHelpers ?? {}, registry, '') ?? credsStore;
      if (helper) {
        const answer = asked.get(registry) ?? askHelper(helper, serverOf(registry), env);
        asked.set(registry, answer);
        const found = await answer;
        if (found !== undefined) return found;
      }
      return credentialsOf(findEntry(auths ?? {}, registry, repository));
    },
  };
}

/**
 * The credentials in a pull secret: the content of `.dockerconfigjson`, or of the older `.dockercfg`. Helpers named
 * in there are not asked, as the kubelet does not ask them. `source` names the secret in errors.
 * Throws PM_CREDENTIALS_UNREADABLE.
 */
export function pullSecretKeychain(content: string, source: string): Keychain {
  const json = parseJson(content, source);
  const isOld = typeof json === 'object' && json !== null && !('auths' in json);
  const { auths } = readConfig(isOld ? { auths: json } : json, source);
  return {
    find: async (registry, repository) => credentialsOf(findEntry(auths ?? {}, registry, repository)),
  };
}

async function loadConfig(file: string): Promise<DockerConfig> {
  try {
    return readConfig(parseJson((await readRegular(file, maxFileBytes)).toString('utf8'), file), file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return {};
    if (error instanceof PullmendError) throw error;
    throw unreadable(file, reasonOf(error));
  }
}

function readConfig(json: unknown, source: string): DockerConfig {
  const config = configSchema.safeParse(json);
  if (config.success) return config.data;
  const at = config.error.issues[0]?.path[0];
  throw unreadable(
    source,
    at === undefined ? 'not a docker configuration' : `"${String(at)}" is not as docker writes it`,
  );
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.trim() === '' ? '{}' : text);
  } catch {
    // The parser's own message quotes the text, which holds secrets.
    throw unreadable(source, 'not valid JSON');
  }
}

function unreadable(source: string, reason: string): PullmendError {
  return new PullmendError('PM_CREDENTIALS_UNREADABLE', { source, reason });
}

function credentialsOf(entry: Entry | undefined): Credentials | undefined {
  if (entry === undefined) return undefined;
  if (entry.identitytoken) return { type: 'identity-token', token: entry.identitytoken };
  const { username, password } = entry.auth ? decodeAuth(entry.auth) : entry;
  return username && password ? { type: 'basic', username, password } : undefined;
}

/** `base64(user:password)`; docker pads some with zero bytes. */
function decodeAuth(auth: string): { username: string; password: string } {
  const text = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = text.indexOf(':');
  return colon < 0
    ? { username: '', password: '' }
    : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
