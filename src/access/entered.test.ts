import { expect, test } from 'vitest';
import type { NodeShell } from '../adapters/node/index.ts';
import { enteredNodes } from './entered.ts';

function shell(onClose: () => void): NodeShell {
  const close = async () => await Promise.resolve(onClose());
  return { access: 'local', run: async () => await Promise.reject(new Error('not run')), close };
}

test('a node is given to one at a time, and left at the end', async () => {
  const left: string[] = [];
  const nodes = enteredNodes();
  nodes.giveBack(
    'node1',
    shell(() => left.push('a')),
  );
  const taken = nodes.take('node1');
  expect(taken).toBeDefined();
  expect(nodes.take('node1')).toBeUndefined();
  expect(nodes.take('node2')).toBeUndefined();
  nodes.giveBack(
    'node1',
    shell(() => left.push('b')),
  );
  await nodes.close();
  expect(left).toEqual(['b']);
  nodes.giveBack('node1', taken as NodeShell);
  expect(left).toEqual(['b', 'a']);
});

test('one that nobody wants is left after a while, and given to nobody', async () => {
  const done = Promise.withResolvers<void>();
  const nodes = enteredNodes(1);
  nodes.giveBack('node1', shell(done.resolve));
  // The timer holds no process, and this one would end.
  const alive = setInterval(() => {}, 1000);
  await done.promise;
  clearInterval(alive);
  expect(nodes.take('node1')).toBeUndefined();
  await nodes.close();
});
