import { expect, test } from 'vitest';
import { chainIds, digestOf, readDiffIds } from './index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const a = digestOf(bytes('a'));
const b = digestOf(bytes('b'));

test('a layer is named by all that lie below it', () => {
  expect(chainIds([a, b])).toEqual([a, digestOf(bytes(`${a} ${b}`))]);
  expect(chainIds([])).toEqual([]);
});

test('unpacked layers are read from a config, and from nothing else', () => {
  expect(readDiffIds(bytes(JSON.stringify({ rootfs: { diff_ids: [a, b] } })))).toEqual([a, b]);
  expect(readDiffIds(bytes(JSON.stringify({ rootfs: { diff_ids: ['../x'] } })))).toBeUndefined();
  expect(readDiffIds(bytes('<html>'))).toBeUndefined();
});
