import { BlockList, isIP } from 'node:net';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment asks for, as Go programs such as kubectl read it
 * (golang.org/x/net/http/httpproxy): never for this machine itself, NO_PROXY with names, suffixes, addresses and
 * CIDR ranges.
 */
export function proxyFromEnv(server: string, env: Env): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = env[name] ?? env[name.toLowerCase()];
  if (proxy === undefined || proxy === '') return undefined;
  const host = hostname.replaceAll(/[[\]]/g, '').toLowerCase();
  if (host === 'localhost' || (isIP(host) !== 0 && loopback.check(host, family(host)))) return undefined;
  const except = (env.NO_PROXY ?? env.no_proxy ?? '').toLowerCase().split(',');
  const hostPort = `${host}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
  if (except.some((rule) => covers(rule.trim(), host, hostPort))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function covers(rule: string, host: string, hostPort: string): boolean {
  if (rule === '') return false;
  if (rule === '*' || rule === host || rule === hostPort) return true;
  const [address = '', bits] = rule.split('/');
  if (bits !== undefined)
    return isIP(address) !== 0 && isIP(host) !== 0 && inRange(address, Number(bits), host);
  const suffix = rule.replace(/^\*/, '').replace(/:\d+$/, '');
  const wanted = suffix.startsWith('.') ? suffix : `.${suffix}`;
  const portFits = !/:\d+$/.test(rule) || hostPort.endsWith(rule.slice(rule.lastIndexOf(':')));
  return isIP(host) === 0 && portFits && host.endsWith(wanted);
}

function inRange(address: string, bits: number, host: string): boolean {
  const max = isIP(address) === 6 ? 128 : 32;
  if (!Number.isInteger(bits) || bits < 0 || bits > max) return false;
  const range = new BlockList();
  range.addSubnet(address, bits, family(address));
  return range.check(host, family(host));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
