import { randomBytes } from 'node:crypto';
import type { NodeShell } from './shell.ts';
import { quoted } from './quoted.ts';
import type { Runtime } from './survey.ts';

/** A request that the node's own curl sends, in the runtime's view of files and names. */
export type CurlRequest = {
  readonly url: string;
  readonly method: 'HEAD' | 'GET';
  readonly headers?: readonly string[];
  readonly proxy?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly caFile?: string | undefined;
  /** Print the body, up to so many bytes; a larger one ends the request. */
  readonly maxBody?: number;
  /** Tell whose certificate the server shows, trusted or not. */
  readonly showCertificate?: boolean;
};

export type CurlReply = {
  /** curl's exit code (curl(1), "EXIT CODES"). */
  readonly exit: number;
  readonly status: number;
  /** Of the last reply, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What curl said on standard error. */
  readonly said: string;
  readonly nameFound: boolean;
  readonly connected: boolean;
};

/** As containerd waits for a connection; and all of one request. */
const connectSeconds = 8;
const totalSeconds = 20;

/** Sends one request from the node; a redirect is an answer like any other. */
export async function curl(shell: NodeShell, runtime: Runtime, request: CurlRequest): Promise<CurlReply> {
  const mark = randomBytes(8).toString('hex');
  const root = `/proc/${runtime.pid}/root`;
  const options = optionsOf(request, runtime).map(([name, value]) =>
    value === undefined ? name : `${name} = ${inQuotes(value)}`,
  );
  const body = request.maxBody === undefined ? [] : [`max-filesize = ${request.maxBody}`];
  const writeOut = `write-out = "\\n${mark} %{http_code} %{time_namelookup} %{time_connect}\\n"`;
  const config = quoted([...options, ...body, writeOut].join('\n'));
  // Through a pipe: neither a list of processes nor a file shows tokens and proxies, and there may be no /tmp.
  const { stdout } = await shell.run(`
exec 3>&1
said=$(printf '%s\\n' ${config} | chroot ${root} /usr/bin/env -i PATH="$PATH" curl -q --config - 2>&1 >&3)
echo "exit $?"
printf '%s' "$said" | head -c 8192`);
  const [told = '', rest = ''] = stdout.split(`\n${mark} `);
  const [, status, lookup, connect, exit, said = ''] =
    /^(\d+) ([\d.,]+) ([\d.,]+)\nexit (\d+)\n?(.*)$/s.exec(rest) ?? [];
  const { headers, body: text } = parseReply(told);
  return {
    exit: exit === undefined ? -1 : Number(exit),
    status: Number(status ?? 0),
    headers,
    body: text,
    said,
    nameFound: isTime(lookup),
    connected: isTime(connect),
  };
}

function optionsOf(request: CurlRequest, { env }: Runtime): readonly (readonly [string, string?])[] {
  const caFile = request.caFile ?? env['SSL_CERT_FILE'];
  return [
    ['url', request.url],
    ['silent'],
    ['show-error'],
    ['suppress-connect-headers'],
    ['connect-timeout', String(connectSeconds)],
    ['max-time', String(totalSeconds)],
    ['proto', '=http,https'],
    ['user-agent', 'pullmend'],
    request.proxy === undefined ? ['noproxy', '*'] : ['proxy', request.proxy],
    request.method === 'HEAD' ? ['head'] : ['include'],
    ...(request.insecure === true || request.showCertificate === true ? [['insecure'] as const] : []),
    ...(request.showCertificate === true ? [['verbose'] as const] : []),
    ...(caFile === undefined || caFile === '' ? [] : [['cacert', caFile] as const]),
    ...(request.headers ?? []).map((header) => ['header', header] as const),
  ];
}

function inQuotes(text: string): string {
  return `"${text
    .replaceAll(/[\r\n]/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`;
}

function isTime(text: string | undefined): boolean {
  return Number((text ?? '0').replace(',', '.')) > 0;
}

/** Heads of all replies, one after another, then the body of the last. */
function parseReply(text: string): Pick<CurlReply, 'headers' | 'body'> {
  const blocks = text.split(/\r?\n\r?\n/);
  let at = -1;
  while (blocks[at + 1]?.startsWith('HTTP/') === true) at += 1;
  const lines = (blocks[at] ?? '').split(/\r?\n/).slice(1);
  const headers = lines.map(
    (line) => [line.split(':', 1).join('').trim().toLowerCase(), line.replace(/^[^:]*:\s*/, '')] as const,
  );
  return { headers: Object.fromEntries(headers), body: blocks.slice(at + 1).join('\n\n') };
}
