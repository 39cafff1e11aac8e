import type { KubeConfig, User } from '@kubernetes/client-node';
import * as z from 'zod';
import { ChildLimitError, runChild } from '../process/index.ts';

/** A plugin may have a person log in, in a browser. */
const pluginMs = 120_000;
/** A token and a certificate chain have some kilobytes. */
const maxAnswerBytes = 1024 * 1024;

const execSchema = z.object({
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  apiVersion: z.string().nullish(),
  provideClusterInfo: z.boolean().nullish(),
});
type Exec = z.infer<typeof execSchema>;

/** ExecCredential of client.authentication.k8s.io, the part that lets somebody in. */
const answerSchema = z.object({
  status: z.object({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
  }),
});

/**
 * The configuration with what the credential plugin of its user gives in the plugin's place, unchanged where there is
 * none. client-node would start the plugin too, but wait for it and read from it without end.
 *
 * Throws whatever keeps it from an answer, in the plugin's words where it has some; the reason of the signal.
 */
export async function withPluginAnswer(
  config: KubeConfig,
  limits: { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number } = {},
): Promise<KubeConfig> {
  const user = config.getCurrentUser();
  const exec = execSchema.safeParse(execOf(user));
  if (user === null || !exec.success) return config;
  const { token, clientCertificateData, clientKeyData } = await answerOf(exec.data, config, limits);
  const answered: User = {
    name: user.name,
    ...(token == null ? {} : { token }),
    ...(clientCertificateData == null ? {} : { certData: base64(clientCertificateData) }),
    ...(clientKeyData == null ? {} : { keyData: base64(clientKeyData) }),
  };
  // A copy: the plugin is asked again when its answer has run out.
  const copy = Object.assign(Object.create(Object.getPrototypeOf(config) as object) as KubeConfig, config);
  copy.users = config.users.map((one) => (one === user ? answered : one));
  return copy;
}

function execOf(user: User | null): unknown {
  const older = user?.authProvider as { readonly config?: { readonly exec?: unknown } } | undefined;
  return user?.exec ?? older?.config?.exec;
}

async function answerOf(
  exec: Exec,
  config: KubeConfig,
  {
    signal,
    timeoutMs = pluginMs,
  }: { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number },
): Promise<z.infer<typeof answerSchema>['status']> {
  const given = (exec.env ?? []).map(({ name, value }) => [name, value] as const);
  const { exit, stdout, stderr } = await runChild({
    path: exec.command,
    args: exec.args ?? [],
    env: { ...process.env, KUBERNETES_EXEC_INFO: infoFor(exec, config), ...Object.fromEntries(given) },
    input: '',
    timeoutMs,
    maxOutputBytes: maxAnswerBytes,
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (!(error instanceof ChildLimitError)) throw error;
    throw new Error(
      `${error.message} (${error.limit === 'time' ? `${timeoutMs / 1000} s` : `${maxAnswerBytes} bytes`})`,
    );
  });
  if (exit !== 0) throw new Error(stderr.trim() === '' ? `exit ${exit}` : stderr);
  const answer = answerSchema.safeParse(parsed(stdout));
  if (!answer.success) throw new Error('its answer is no ExecCredential with a status');
  return answer.data.status;
}

/** As kubectl tells plugins what it wants: nobody is there to be asked on this terminal. */
function infoFor({ apiVersion, provideClusterInfo }: Exec, config: KubeConfig): string {
  const cluster = provideClusterInfo === true ? config.getCurrentCluster() : null;
  const told =
    cluster === null
      ? {}
      : {
          cluster: {
            server: cluster.server,
            ...(cluster.caData === undefined ? {} : { 'certificate-authority-data': cluster.caData }),
            ...(cluster.tlsServerName === undefined ? {} : { 'tls-server-name': cluster.tlsServerName }),
          },
        };
  return JSON.stringify({
    apiVersion: apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...told },
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
