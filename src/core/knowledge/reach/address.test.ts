import { describe, expect, test } from 'vitest';
import { addressKind, isLoopbackHost } from './index.ts';

const rows: readonly (readonly [string, ReturnType<typeof addressKind>])[] = [
  ['169.254.169.254', 'link-local'],
  ['169.254.170.2', 'link-local'],
  ['169.254.0.0', 'link-local'],
  ['169.255.0.0', 'public'],
  ['100.100.100.200', 'link-local'],
  ['100.100.100.201', 'private'],
  ['192.0.0.192', 'link-local'],
  ['168.63.129.16', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['[fe80::a9fe:a9fe]', 'link-local'],
  ['febf:ffff::1', 'link-local'],
  ['fec0::1', 'public'],
  ['fd00:ec2::254', 'link-local'],
  ['fd00:0ec2:0:0:0:0:0:254', 'link-local'],
  ['fd00:ec2::23', 'link-local'],
  ['fd20:ce::254', 'link-local'],
  ['fd00:42::42', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['::ffff:a9fe:a9fe', 'link-local'],
  ['::FFFF:A9FE:A9FE', 'link-local'],
  ['0:0:0:0:0:ffff:a9fe:a9fe', 'link-local'],
  ['0000:0000:0000:0000:0000:ffff:169.254.169.254', 'link-local'],
  ['::ffff:0:169.254.169.254', 'link-local'],
  ['::169.254.169.254', 'link-local'],
  ['64:ff9b::169.254.169.254', 'link-local'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['64:ff9b:1::a9fe:a9fe', 'link-local'],
  ['2002:a9fe:a9fe::', 'link-local'],
  ['2002:a9fe:a9fe:1::5', 'link-local'],
  ['10.1.2.3', 'private'],
  ['127.0.0.1', 'private'],
  ['0.0.0.0', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.1.1', 'private'],
  ['::1', 'private'],
  ['::', 'private'],
  ['fd12::1', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['2002:7f00:1::', 'private'],
  ['1.1.1.1', 'public'],
  ['::ffff:1.1.1.1', 'public'],
  ['64:ff9b::1.1.1.1', 'public'],
  ['2606:4700::1111', 'public'],
  ['registry.example.com', undefined],
  ['256.1.1.1', undefined],
  ['1.2.3', undefined],
  ['1::2::3', undefined],
  ['::1.2.3', undefined],
  ['12345::1', undefined],
];

test.each(rows)('%s leads to: %s', (address, kind) => {
  expect(addressKind(address)).toBe(kind);
});

describe('an address that a URL holds in another way', () => {
  test.each(['0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '169.16689662', '0xA9.254.0251.254'])(
    '%s',
    (host) => {
      expect(addressKind(new URL(`http://${host}/`).hostname)).toBe('link-local');
    },
  );
});

test('names of this machine', () => {
  const hosts = [
    'localhost',
    'a.localhost',
    '127.9.9.9',
    '[::1]',
    '::1',
    'localhost.example.com',
    '128.0.0.1',
  ];
  expect(hosts.map(isLoopbackHost)).toEqual([true, true, true, true, true, false, false]);
});
