import { BlockList, isIP, isIPv6 } from 'node:net';

/** Addresses that only exist inside a machine, a site or a provider (RFC 1918, 4193, 6598, 3927, 4291). */
const privateNets = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateNets.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  privateNets.addSubnet(net, prefix, 'ipv6');
}

/** Is this a private IP address (IPv6 with or without brackets). A name is none. */
export function isPrivateAddress(text: string): boolean {
  const address = text.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) !== 0 && privateNets.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Does the host name this machine. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]' || host === '::1';
}
