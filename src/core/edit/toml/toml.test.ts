import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { addTomlTable, scanToml, setToml, tomlFault } from './index.ts';

const config = `# ours
version = 2 # do not touch
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "pause:3.8" # pinned
    [plugins."io.containerd.grpc.v1.cri".registry] # mirrors
      # nothing yet
[debug]
level = 'info'`;

const cri = ['plugins', 'io.containerd.grpc.v1.cri'];

describe('a value is set and nothing else', () => {
  test.each([
    ['replaced', [...cri, 'sandbox_image'], 'pause:3.9', ['"pause:3.8"', '"pause:3.9"']],
    [
      'in a table without entries',
      [...cri, 'registry', 'config_path'],
      '/a',
      ['# mirrors\n', '# mirrors\n      config_path = "/a"\n'],
    ],
    [
      'behind the others of its table',
      ['debug', 'address'],
      's',
      ["level = 'info'", 'level = \'info\'\naddress = "s"\n'],
    ],
    ['in the root', ['oom_score'], 1, ['touch\n', 'touch\noom_score = 1\n']],
    [
      'in a new table',
      ['grpc', 'address'],
      's',
      ["level = 'info'", 'level = \'info\'\n\n[grpc]\n  address = "s"\n'],
    ],
    ['a list', [...cri, 'l'], ['a', 'b'], ['# pinned\n', '# pinned\n  l = ["a", "b"]\n']],
  ] as const)('%s', (_, path, value, [from, to]) => {
    expect(setToml(config, path, value)).toBe(config.replace(from, () => to));
  });

  test('what is there already stays byte for byte', () => {
    expect(setToml(config, [...cri, 'sandbox_image'], 'pause:3.8')).toBe(config);
  });

  test.each([
    ['an inline table', 'a = { b = 1 }\n', ['a', 'c']],
    ['a list of tables', '[[a]]\nb = 1\n', ['a', 'b']],
    ['no TOML', 'a = \n', ['a']],
  ])('%s is left alone', (_, text, path) => {
    expect(setToml(text, path, 2)).toBeUndefined();
  });

  test('dotted keys, long strings and arrays over lines are seen', () => {
    const text = `a.b = """x\n[no] = 1\n"""\nlist = [ # one\n  "]", # two\n  'b',\n]\nc = 1\n`;
    expect(scanToml(text).entries.map(({ path }) => path.join('.'))).toEqual(['a.b', 'list', 'c']);
    expect(setToml(text, ['c'], 2)).toBe(text.replace('c = 1', 'c = 2'));
    expect(setToml(text, ['list'], ['z'])).toBe(`a.b = """x\n[no] = 1\n"""\nlist = ["z"]\nc = 1\n`);
  });
});

describe('a table is put in front', () => {
  const hosts = `server = "https://registry-1.docker.io"\n\n# the old one\n[host."https://old.corp"]\n  capabilities = ["pull"]\n`;

  test('of those with the same parent', () => {
    const text = addTomlTable(hosts, ['host', 'https://new.corp'], { override_path: true }) ?? '';
    expect(Object.keys((parse(text) as { host: object }).host)).toEqual([
      'https://new.corp',
      'https://old.corp',
    ]);
    expect(text.replace('[host."https://new.corp"]\n  override_path = true\n\n', '')).toBe(hosts);
  });

  test('at the end where there is none, and in an empty file', () => {
    expect(addTomlTable('server = "s"', ['host', 'h'], { a: 'b' })).toBe(
      'server = "s"\n\n[host.h]\n  a = "b"\n',
    );
    expect(addTomlTable('', ['host', 'h'], {})).toBe('[host.h]\n');
  });

  test('never twice', () => {
    expect(addTomlTable(hosts, ['host', 'https://old.corp'], {})).toBeUndefined();
  });
});

test('a fault has its line', () => {
  expect(tomlFault(config)).toBeUndefined();
  expect(tomlFault('a = 1\nb = \n')).toMatchObject({ line: 2 });
});
