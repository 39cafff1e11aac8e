import type { RequestContext } from '@kubernetes/client-node';
import { Agent, type Dispatcher } from 'undici';
import { PullmendError } from '../../core/base/index.ts';
import { withPluginAnswer } from './credential-plugin.ts';
import type { LoadedKubeconfig } from './kubeconfig.ts';

/** What a request needs to be let in: headers, and connections with the right certificates. */
export type Credentials = {
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
};

/**
 * Takes the credentials out of the kubeconfig: token, certificate, exec plugin, file. client-node makes new
 * connections at every call, so they are taken once and again only when the server refuses them.
 *
 * Errors: PM_CREDENTIAL_PLUGIN, PM_KUBECONFIG_INVALID, the reason of the signal.
 */
export async function takeCredentials(
  loaded: LoadedKubeconfig,
  limits: Parameters<typeof withPluginAnswer>[1] = {},
): Promise<Credentials> {
  const headers: Record<string, string> = {};
  let dispatcher: Dispatcher | undefined;
  const target: Pick<RequestContext, 'setHeaderParam' | 'setDispatcher'> = {
    // Token files end in a line break, which no header may hold.
    setHeaderParam: (name, value) => void (headers[name.toLowerCase()] = value.trim()),
    setDispatcher: (given) => void (dispatcher = given),
  };
  try {
    const config = await withPluginAnswer(loaded.config, limits);
    await config.applySecurityAuthentication(target as RequestContext);
  } catch (error) {
    limits.signal?.throwIfAborted();
    throw explain(error, loaded);
  }
  return { headers, dispatcher: dispatcher ?? new Agent() };
}

/** Longest part of a plugin's complaint that is shown. */
const maxReason = 300;

function explain(error: unknown, { plugin, file }: LoadedKubeconfig): PullmendError {
  const text = error instanceof Error ? error.message : String(error);
  const reason = (text.split('\n').find((line) => line.trim() !== '') ?? 'no reason given').slice(
    0,
    maxReason,
  );
  if (plugin !== undefined) return new PullmendError('PM_CREDENTIAL_PLUGIN', { command: plugin, reason });
  return new PullmendError('PM_KUBECONFIG_INVALID', { file, reason });
}
