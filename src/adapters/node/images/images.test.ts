import { describe, expect, test } from 'vitest';
import { containerd as runtime, ctrNode as node } from '../../../../test/support/ctr-node.ts';
import { nameOnNode, unnameOnNode } from './alias.ts';
import { imagesIn } from './list.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const source = 'harbor.corp/proxy/library/db:1';
const name = 'docker.io/library/db:1';
test('the table of ctr is read, labels at its end, whatever blanks there are', () => {
  const table = `REF TYPE DIGEST SIZE PLATFORMS LABELS\n${name}   application/x ${digest} 1.0 MiB linux/amd64 a=b,pullmend.dev/run=r-1   \n${source} application/x ${digest} 1.0 MiB - -\nnonsense\n`;
  expect(imagesIn(table)).toEqual([
    { name, digest, labels: { a: 'b', 'pullmend.dev/run': 'r-1' } },
    { name: source, digest, labels: {} },
  ]);
});

describe('a name on a node', () => {
  const alias = { source, names: [name], digest };

  test('is given after the copy was pulled, and taken away with it', async () => {
    const images = {};
    const { shell } = node(images, { pulls: digest });
    expect(await nameOnNode(shell, runtime, alias, 'r-1')).toBeUndefined();
    expect(Object.keys(images)).toEqual([source, name]);
    const gone = await unnameOnNode(shell, runtime, [name, source], 'r-1');
    expect([...gone.values()]).toEqual(['removed', 'removed']);
    expect(images).toEqual({});
  });

  test('that is there already is left as it is, and stays when the run is taken back', async () => {
    const images = { [name]: { digest }, [source]: { digest } };
    const { shell, scripts } = node(images);
    expect(await nameOnNode(shell, runtime, alias, 'r-1')).toBeUndefined();
    expect(scripts).toHaveLength(1);
    expect((await unnameOnNode(shell, runtime, [name, source, 'x/y:1'], 'r-1')).get(name)).toBe('not-ours');
    expect(Object.keys(images)).toEqual([name, source]);
  });

  test('that leads to something else is never overwritten', async () => {
    const images = { [name]: { digest: other } };
    const { shell } = node(images, { pulls: digest });
    expect(await nameOnNode(shell, runtime, alias, 'r-1')).toEqual({ why: 'taken', name, digest: other });
    expect(Object.keys(images)).toEqual([name]);
  });

  test('is not given to another image than was planned', async () => {
    const images = {};
    const { shell } = node(images, { pulls: other });
    expect(await nameOnNode(shell, runtime, alias, 'r-1')).toEqual({
      why: 'differs',
      name: source,
      digest: other,
    });
    expect(images).toEqual({});
  });

  test('that is the own one of the copy comes with the pull', async () => {
    const images = {};
    const { shell } = node(images, { pulls: digest });
    const own = { source, names: [source] };
    expect(await nameOnNode(shell, runtime, own, 'r-1')).toBeUndefined();
    expect(Object.keys(images)).toEqual([source]);
    expect((await unnameOnNode(shell, runtime, [source], 'r-1')).get(source)).toBe('removed');
  });

  test('is not given when the node cannot pull', async () => {
    const { shell } = node({});
    expect(await nameOnNode(shell, runtime, alias, 'r-1')).toEqual({
      why: 'pull',
      name: source,
      said: 'ctr: no such host',
    });
  });

  test('of another run is not taken away', async () => {
    const images = { [name]: { digest, labels: 'pullmend.dev/run=r-2' } };
    const { shell } = node(images);
    expect((await unnameOnNode(shell, runtime, [name], 'r-1')).get(name)).toBe('not-ours');
  });

  test('is only known of containerd', async () => {
    const { shell } = node({});
    await expect(nameOnNode(shell, { ...runtime, name: 'crio' }, alias, 'r-1')).rejects.toThrow('crio');
  });
});
