import { describe, expect, test } from 'vitest';
import { unusedFor, unusedSettings, type NodeState } from './index.ts';

const main = '/etc/containerd/config.toml';
const folder = '/etc/containerd/certs.d/docker.io';
const set =
  'version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"\n';
const good = '[host."https://m.corp/v2/proxy"]\ncapabilities = ["pull", "resolve"]\noverride_path = true\n';

function reasons(
  hosts: string,
  more: Partial<NodeState> = {},
  config = set,
): readonly (readonly unknown[])[] {
  const files = [
    { path: main, text: config },
    { path: `${folder}/hosts.toml`, text: hosts },
  ];
  const state: NodeState = {
    runtime: 'containerd',
    version: '1.6.20',
    main,
    files,
    folders: [folder],
    ...more,
  };
  return unusedSettings(state).map(({ reason, line, detail }) =>
    [reason, line, detail].filter((one) => one !== undefined),
  );
}

describe('settings that are there and not used', () => {
  test('none where all is well', () => expect(reasons(good)).toEqual([]));

  test.each([
    ['broken', '[host."a"]\nserver = \n', [['broken-file', 2]]],
    ['an unknown capability', good.replace('pull', 'fetch'), [['unknown-capability', 1, 'fetch']]],
    [
      'referrers of a later version',
      good.replace('"pull"', '"pull", "referrers"'),
      [['unknown-capability', 1, 'referrers']],
    ],
    ['without resolve', good.replace(', "resolve"', ''), [['no-capability', 1, 'https://m.corp/v2/proxy']]],
    [
      'without override_path',
      good.replace('override_path = true\n', ''),
      [['no-override', 1, 'https://m.corp/v2/proxy']],
    ],
    ['a path that is the whole API', '[host."https://m.corp/v2"]\n', []],
  ])('%s', (_, hosts, expected) => {
    expect(reasons(hosts).map((one, index) => one.slice(0, expected[index]?.length))).toEqual(expected);
  });

  test('of one registry, what lies in its folder or holds for all', () => {
    const broken = { path: `${folder}/hosts.toml`, text: 'server = \n' };
    const state = {
      runtime: 'containerd',
      version: '1.6.20',
      main,
      files: [{ path: main, text: set }, broken],
      folders: [folder],
      mainIsYounger: true,
    } as const;
    expect(unusedFor('docker.io', state).map(({ reason }) => reason)).toEqual(['broken-file', 'not-read']);
    expect(unusedFor('quay.io', state).map(({ reason }) => reason)).toEqual(['not-read']);
  });

  test.each<[string, Partial<NodeState>, string, readonly string[]]>([
    ['nothing points to the folder', {}, 'version = 2\n', ['folder-unset']],
    [
      'the name of the API host',
      {
        folders: ['/etc/containerd/certs.d/registry-1.docker.io'],
        files: [
          { path: main, text: set },
          { path: '/etc/containerd/certs.d/registry-1.docker.io/hosts.toml', text: good },
        ],
      },
      set,
      ['wrong-name'],
    ],
    [
      'a folder without the file',
      { folders: [folder, '/etc/containerd/certs.d/quay.io'] },
      set,
      ['no-hosts'],
    ],
    ['written since the start', { mainIsYounger: true }, set, ['not-read']],
    ['the plug-in is off', {}, `disabled_plugins = ["cri"]\n${set}`, ['plugin-off']],
    [
      'both forms',
      {},
      `${set}[plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]\nendpoint = ["https://r.io"]\n`,
      ['both-forms'],
    ],
    [
      'a list for the transfer service',
      {
        version: '2.2.0',
        effective:
          'version = 3\n[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/etc/containerd/certs.d:/etc/docker/certs.d"\n',
      },
      set,
      ['several-folders'],
    ],
  ])('%s', (_, more, config, expected) => {
    expect(reasons(good, more, config).map(([reason]) => reason)).toEqual(expected);
  });
});
