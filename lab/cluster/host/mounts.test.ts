import { expect, test } from 'vitest';
import { parseMountInfo } from './mounts.ts';

test('reads target and type, with and without optional fields, in mount order', () => {
  const text = [
    '22 27 0:21 / /proc rw,relatime - proc proc rw',
    '43 42 0:4 net:[4026532177] /run/netns/pm-up rw shared:2 master:1 - nsfs nsfs rw',
    '44 27 8:1 /x /mnt/with\\040blank\\134and rw - ext4 /dev/sda1 rw',
    '',
  ].join('\n');
  expect(parseMountInfo(text)).toEqual([
    { target: '/proc', type: 'proc' },
    { target: '/run/netns/pm-up', type: 'nsfs' },
    { target: '/mnt/with blank\\and', type: 'ext4' },
  ]);
});
