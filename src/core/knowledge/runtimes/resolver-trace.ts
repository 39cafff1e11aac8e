/** A request of containerd's resolver, as it tells itself. */
export type ResolverRequest = {
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  /** Why there was no answer. */
  readonly error?: string;
};

/**
 * The requests that containerd's own resolver made, from what `ctr --debug … --http-trace` prints (logrus text). Only
 * method, address and answer are taken: headers can hold credentials.
 */
export function resolverRequests(trace: string): readonly ResolverRequest[] {
  const found: { method: string; url: string; status?: number; error?: string }[] = [];
  for (const line of trace.split('\n').slice(0, maxLines)) {
    const says = (what: string): boolean => line.includes(`msg=${what}`) || line.includes(`msg="${what}"`);
    const url = field(line, 'url');
    const last = found.at(-1);
    if (says('do request') && url !== undefined) {
      found.push({ method: field(line, 'request\\.method') ?? 'GET', url });
    } else if (says('fetch response received') && last !== undefined) {
      last.status = Number(/^\d+/.exec(field(line, 'response\\.status') ?? '')?.[0] ?? 0);
    } else if (says('trying next host') && last !== undefined && last.status === undefined) {
      last.error = field(line, 'error') ?? '';
    }
  }
  const [end] = trace
    .split('\n')
    .filter((line) => line.startsWith('ctr: '))
    .slice(-1);
  const last = found.at(-1);
  if (last !== undefined && last.status === undefined && last.error === undefined && end !== undefined) {
    last.error = end.slice('ctr: '.length);
  }
  return found;
}

/** One image at a few hosts takes some twenty. */
const maxLines = 2000;

function field(line: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`(?:^| )${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S+))`).exec(line) ?? [];
  return quoted?.replaceAll(/\\(.)/g, '$1') ?? bare;
}
