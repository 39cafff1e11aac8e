import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { classify } from '../../../core/knowledge/failures/index.ts';
import { digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { hashNames } from './hash-names.ts';

const cluster = { context: 'prod', server: 'https://api.corp.example:6443', version: 'v1.33.1' };
const file = new URL('../../../core/knowledge/failures/testdata/messages.jsonl', import.meta.url);
const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
const rows = lines.map((line) => JSON.parse(line) as { readonly message: string; readonly reason?: string });

function event(name: string, message: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Event', metadata: { namespace: 'image', name }, message };
}

describe('names become stand-ins', () => {
  test('a message keeps its class, whatever namespaces and objects are called', () => {
    // Names that are words of the kubelet's own prose.
    const words = ['image', 'pull', 'failed', 'no', 'such', 'host', 'timeout', 'registry', 'found'];
    const named = words.map((name) => event(name, ''));
    const events = rows.map(({ message }, index) => event(`e-${index}`, message));
    const { objects } = hashNames({ cluster, objects: [...events, ...named] }, 'salt');
    const classOf = (message: string, reason?: string): string =>
      classify({ message, ...(reason === undefined ? {} : { reason }) }).class;
    const changed = rows.flatMap(({ message, reason }, index) => {
      const after = digText(objects[index], 'message') ?? '';
      return classOf(after, reason) === classOf(message, reason) ? [] : [[message, after]];
    });
    expect(changed).toEqual([]);
  });

  test('one name has one stand-in, and another salt gives another one', () => {
    const objects = [event('web', 'pod "image/web" on image'), event('web', '')];
    const one = hashNames({ cluster, objects, namespace: 'image' }, 'a');
    const stand = digText(one.objects[0], 'metadata', 'namespace') ?? '';
    expect(one.namespace).toBe(stand);
    expect(digText(one.objects[1], 'metadata', 'namespace')).toBe(stand);
    expect(digText(one.objects[0], 'message')).toContain(`"${stand}/`);
    expect(hashNames({ cluster, objects, namespace: 'image' }, 'b').namespace).not.toBe(stand);
  });

  test('what every cluster has keeps its name', () => {
    const objects = [{ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'kube-system', name: 'a' } }];
    const { objects: hashed } = hashNames({ cluster, objects }, 'a');
    expect(digText(hashed[0], 'metadata', 'namespace')).toBe('kube-system');
  });
});
