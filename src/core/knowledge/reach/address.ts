/**
 * What an IP address leads to, from nearest to farthest: services of the machine and of its provider that hand out
 * credentials (`link-local`), this machine or a site (`private`), or anybody (`public`).
 */
export type AddressKind = 'link-local' | 'private' | 'public';

type Net = { readonly bytes: readonly number[]; readonly prefix: number };

/** RFC 3927 and 4291, and where providers answer elsewhere: EC2, ECS and EKS, Alibaba, Oracle, Azure, GCP, Scaleway. */
const linkLocal = [
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  'fd20:ce::254/128',
  'fd00:42::42/128',
].map(netOf);

/** RFC 1918, 4193, 6598, and this machine. */
const insideNets = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::/127',
  'fc00::/7',
].map(netOf);

/** IPv6 ranges that carry an IPv4 address, and where: mapped, compatible, NAT64 (RFC 6052, 8215), 6to4. */
const carriers = [
  { net: netOf('::ffff:0:0/96'), at: 12 },
  { net: netOf('::ffff:0:0:0/96'), at: 12 },
  { net: netOf('::/96'), at: 12 },
  { net: netOf('64:ff9b::/96'), at: 12 },
  { net: netOf('64:ff9b:1::/48'), at: 12 },
  { net: netOf('2002::/16'), at: 2 },
];

/** The kind of an IP address, in brackets or not, with a zone or not; undefined for a name. */
export function addressKind(text: string): AddressKind | undefined {
  const bytes = bytesOf(text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, ''));
  return bytes === undefined ? undefined : kindOf(bytes);
}

/** Does the host name this machine. */
export function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || /^(?:127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host)
  );
}

function kindOf(bytes: readonly number[]): AddressKind {
  const carried = carriers
    .filter(({ net }) => isIn(bytes, net))
    .map(({ at }) => kindOf(bytes.slice(at, at + 4)));
  const own = linkLocal.some((net) => isIn(bytes, net))
    ? 'link-local'
    : insideNets.some((net) => isIn(bytes, net))
      ? 'private'
      : 'public';
  return (
    (['link-local', 'private'] as const).find((kind) => own === kind || carried.includes(kind)) ?? 'public'
  );
}

function isIn(bytes: readonly number[], { bytes: net, prefix }: Net): boolean {
  if (bytes.length !== net.length) return false;
  return net.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return ((bytes[index] ?? 0) & mask) === (byte & mask);
  });
}

function netOf(text: string): Net {
  const [address = '', prefix = ''] = text.split('/');
  return { bytes: bytesOf(address) ?? [], prefix: Number(prefix) };
}

function bytesOf(text: string): readonly number[] | undefined {
  return text.includes(':') ? ipv6(text) : ipv4(text);
}

/** Dotted decimal alone: of other ways to write it (0xa9fea9fe, 025177524776) a URL makes this one. */
function ipv4(text: string): readonly number[] | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) === true ? parts : undefined;
}

function ipv6(text: string): readonly number[] | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const last = tail === null ? [] : ipv4(tail[2] ?? '');
  if (last === undefined) return undefined;
  const written = tail === null ? text : (tail[1] ?? '').replace(/([^:]):$/, '$1');
  const halves = written.split('::');
  if (halves.length > 2) return undefined;
  const [head, rest] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...(head ?? []), ...(rest ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const missing = 16 - last.length - groups.length * 2;
  if (halves.length === 1 ? missing !== 0 : missing < 0) return undefined;
  const bytes = (some: readonly string[] = []): readonly number[] =>
    some.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]);
  return [...bytes(head), ...Array.from({ length: missing }, () => 0), ...bytes(rest), ...last];
}
