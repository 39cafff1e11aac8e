import { describe, expect, test } from 'vitest';
import type { Mirror, NodeMirror, NodeSettings } from '../model/index.ts';
import {
  containerdRoute,
  crioRoute,
  dockerRoute,
  readContainerdConfig,
} from '../knowledge/runtimes/index.ts';
import { configDraft, settingsFor, type NodeState } from './index.ts';

const proxy: NodeMirror = { name: 'proxy', server: 'https://harbor.corp', path: 'proxy' };
const cache: NodeMirror = { name: 'cache', server: 'http://cache.corp:5000', path: '' };
const hub = { registry: 'docker.io', repository: 'library/nginx', tag: '1' };

function told(...mirrors: readonly NodeMirror[]): NodeSettings {
  return { registries: [{ registry: 'docker.io', mirrors }] };
}

function state(
  runtime: NodeState['runtime'],
  main: string,
  files: Readonly<Record<string, string>>,
  more: Partial<NodeState> = {},
): NodeState {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }));
  const folders = all.flatMap(({ path }) =>
    path.endsWith('/hosts.toml') ? [path.slice(0, -'/hosts.toml'.length)] : [],
  );
  return { runtime, version: '1.6.20', main, files: all, folders, ...more };
}

/** The state after the draft was written. */
function written(before: NodeState, settings: NodeSettings): NodeState {
  const { files } = configDraft(before, settings);
  const texts = Object.fromEntries(
    [...before.files, ...files.map(({ path, after }) => ({ path, text: after }))].map(({ path, text }) => [
      path,
      text,
    ]),
  );
  return state(before.runtime, before.main, texts, { version: before.version });
}

function text(draft: ReturnType<typeof configDraft>, path: string): string {
  return draft.files.find((file) => file.path === path)?.after ?? '';
}

const toml = '/etc/containerd/config.toml';
const hosts = '/etc/containerd/certs.d/docker.io/hosts.toml';

function criSection(version: number): string {
  return ['cri', '"io.containerd.grpc.v1.cri"', '"io.containerd.cri.v1.images"'][version - 1] ?? '';
}

/** Where containerd would ask, as the reader of settings sees it. */
function asked({ files, main }: NodeState): readonly string[] {
  const at = (path: string) => files.find((file) => file.path === path);
  const config = readContainerdConfig(at(main) ?? { path: main, text: '' });
  return containerdRoute(config, at(hosts), hub).endpoints.map(({ repository }) => repository);
}

describe('containerd', () => {
  const withFolder = (version: number): string =>
    `version = ${version}\n[plugins.${criSection(version)}.registry]\n  config_path = "/etc/containerd/certs.d"\n`;

  test.each([1, 2, 3])('configuration version %i with a folder: hosts.toml alone, no restart', (version) => {
    const before = state('containerd', toml, { [toml]: withFolder(version) });
    const draft = configDraft(before, told(proxy, cache));
    expect(draft).toMatchObject({ restart: 'none', broken: [], files: [{ path: hosts }] });
    const after = written(before, told(proxy, cache));
    expect(asked(after)).toEqual([
      'https://harbor.corp/v2/proxy/library/nginx',
      'http://cache.corp:5000/v2/library/nginx',
      'https://registry-1.docker.io/v2/library/nginx',
    ]);
    expect(configDraft(after, told(proxy, cache)).files).toEqual([]);
  });

  test.each([1, 2, 3])('version %i without: the folder is set, which takes a restart', (version) => {
    const before = state('containerd', toml, { [toml]: `# mine\nversion = ${version}\n` });
    const draft = configDraft(before, told(proxy));
    expect(draft.restart).toBe('restart');
    expect(text(draft, toml)).toMatch(/^# mine\nversion = \d\n/);
    expect(asked(written(before, told(proxy)))[0]).toBe('https://harbor.corp/v2/proxy/library/nginx');
    expect(configDraft(written(before, told(proxy)), told(proxy)).files).toEqual([]);
  });

  test.each([1, 2])('the old mirrors of version %i stay in use', (version) => {
    const old = `version = ${version}\n[plugins.${criSection(version)}.registry.mirrors."docker.io"] # old\n  endpoint = ["https://old.corp"]\n`;
    const before = state('containerd', toml, { [toml]: old });
    const draft = configDraft(before, told(proxy));
    expect(text(draft, toml)).toBe(old.replace('["https', '["https://harbor.corp/v2/proxy", "https'));
    expect(draft).toMatchObject({ restart: 'restart', files: [{ path: toml }] });
    expect(asked(written(before, told(proxy)))[0]).toBe('https://harbor.corp/v2/proxy/library/nginx');
    expect(configDraft(written(before, told(proxy)), told(proxy)).files).toEqual([]);
  });

  test('folder and mirrors together keep the plug-in from loading: the folder goes', () => {
    const both = `version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"\n[plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]\nendpoint = ["https://registry-1.docker.io"]\n`;
    const after = text(configDraft(state('containerd', toml, { [toml]: both }), told(proxy)), toml);
    expect(after).toContain('config_path = ""');
    expect(after).toContain('endpoint = ["https://harbor.corp/v2/proxy", "https://registry-1.docker.io"]');
  });

  test('2.1 and later take several folders for one name: one is left', () => {
    const effective = `version = 3\n[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/etc/containerd/certs.d:/etc/docker/certs.d"\n`;
    const transfer = configDraft(
      state('containerd', toml, { [toml]: 'version = 3\n' }, { version: '2.1.4', effective }),
      told(proxy),
    );
    expect(text(transfer, toml)).toContain('config_path = "/etc/containerd/certs.d"');
    const local = `${effective}[plugins."io.containerd.cri.v1.images"]\nuse_local_image_pull = true\n`;
    const kept = configDraft(
      state('containerd', toml, { [toml]: 'version = 3\n' }, { version: '2.1.4', effective: local }),
      told(proxy),
    );
    expect(kept.files.map(({ path }) => path)).toEqual([hosts]);
  });

  test('what _default says is taken along, and what stands in the file stays', () => {
    const other = '/etc/containerd/certs.d/_default/hosts.toml';
    const base = '# all\n[host."https://all.corp"]\n  capabilities = ["pull", "resolve"]\n';
    const before = state('containerd', toml, { [toml]: withFolder(2), [other]: base });
    expect(text(configDraft(before, told(proxy)), hosts)).toMatch(
      /harbor\.corp[^]*# all\n\[host\."https:\/\/all\.corp"\]/,
    );
  });

  test('a mirror that is there keeps its place; what it needs to be used is set', () => {
    const there =
      '[host."https://a.corp"]\n[host."https://harbor.corp/v2/proxy"]\n  capabilities = ["pull"] # why\n  skip_verify = true\n';
    const before = state('containerd', toml, { [toml]: withFolder(2), [hosts]: there });
    expect(text(configDraft(before, told(proxy)), hosts)).toBe(
      there.replace('["pull"]', '["pull", "resolve"]').replace('true\n', 'true\n  override_path = true\n'),
    );
  });

  test('a broken file is told with its line and not touched', () => {
    const before = state('containerd', toml, { [toml]: withFolder(2), [hosts]: 'server = "a\n[host]\n' });
    expect(configDraft(before, told(proxy))).toMatchObject({ files: [], broken: [{ path: hosts, line: 1 }] });
    const main = state('containerd', toml, { [toml]: 'version = 2\n[plugins\n' });
    expect(configDraft(main, told(proxy))).toMatchObject({ files: [], broken: [{ path: toml, line: 2 }] });
  });

  test.each([
    [1, 'plugins.cri'],
    [2, 'plugins."io.containerd.grpc.v1.cri"'],
    [3, 'plugins."io.containerd.cri.v1.images".pinned_images'],
  ])('the pause image of version %i', (version, section) => {
    const before = state('containerd', toml, { [toml]: `version = ${version}\n` });
    const draft = configDraft(before, { registries: [], pauseImage: 'harbor.corp/k8s/pause:3.10' });
    expect(text(draft, toml)).toContain(
      `[${section}]\n  ${version === 3 ? 'sandbox' : 'sandbox_image'} = "harbor.corp/k8s/pause:3.10"`,
    );
    expect(draft.restart).toBe('restart');
  });

  test('an authority lies beside, and versions that know it get a short time to dial', () => {
    const before = state('containerd', toml, { [toml]: withFolder(2) }, { version: '2.1.0' });
    const draft = configDraft(before, told({ ...proxy, ca: 'PEM' }));
    expect(draft.files.map(({ path }) => path)).toContain(
      '/etc/containerd/certs.d/docker.io/pullmend-proxy.crt',
    );
    expect(text(draft, hosts)).toContain('ca = "pullmend-proxy.crt"\n  dial_timeout = "3s"');
  });
});

describe('CRI-O and podman', () => {
  const main = '/etc/containers/registries.conf';
  const drop = '/etc/containers/registries.conf.d/99-pullmend.conf';

  test('a drop-in takes along what another file says of the same prefix', () => {
    const old =
      '[[registry]]\nprefix = "docker.io"\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "old.corp"\npull-from-mirror = "digest-only"\n';
    const before = state('crio', main, { [main]: old });
    const after = written(before, told(proxy, cache));
    expect(after.files.map(({ path }) => path)).toEqual([main, drop]);
    expect(crioRoute(after.files, hub).endpoints).toMatchObject([
      { repository: 'https://harbor.corp/v2/proxy/library/nginx' },
      { repository: 'https://cache.corp:5000/v2/library/nginx', insecure: true },
      { mirror: false },
    ]);
    expect(after.files.at(-1)?.text).toContain('location = "old.corp"\n  pull-from-mirror = "digest-only"');
    expect(configDraft(after, told(proxy, cache)).files).toEqual([]);
  });

  test('a part of a registry has an entry of its own; what was told before stays', () => {
    const first = written(state('crio', main, {}), told(cache));
    const second = written(first, {
      registries: [{ registry: 'quay.io', mirrors: [{ ...proxy, path: 'q/lib', below: 'library' }] }],
    });
    expect(second.files.at(-1)?.text.match(/prefix = .*/g)).toEqual([
      'prefix = "docker.io"',
      'prefix = "quay.io/library"',
    ]);
    expect(second.files.at(-1)?.text).toContain('location = "harbor.corp/q/lib"');
  });
});

describe('docker', () => {
  const main = '/etc/docker/daemon.json';

  test('Docker Hub alone, without a path; keys and their order stay', () => {
    const before = state('dockerd', main, {
      [main]: '{\n    "debug": true,\n    "registry-mirrors": ["https://old.corp/"]\n}\n',
    });
    const draft = configDraft(before, {
      registries: [...told(cache, proxy).registries, { registry: 'quay.io', mirrors: [cache] }],
    });
    expect(draft.untold).toEqual([
      { mirror: 'proxy', registry: 'docker.io', reason: 'path' },
      { mirror: 'cache', registry: 'quay.io', reason: 'hub-only' },
    ]);
    expect(JSON.parse(text(draft, main))).toEqual({
      debug: true,
      'registry-mirrors': ['http://cache.corp:5000', 'https://old.corp/'],
      'insecure-registries': ['cache.corp:5000'],
    });
    const after = written(before, told(cache));
    expect(dockerRoute(after.files[0], [], hub).endpoints[0]?.repository).toBe(
      'http://cache.corp:5000/v2/library/nginx',
    );
    expect(configDraft(after, told(cache)).files).toEqual([]);
  });

  test('a broken file is told with its line', () => {
    expect(configDraft(state('dockerd', main, { [main]: '{\n "a": x\n}' }), told(cache))).toMatchObject({
      files: [],
      broken: [{ line: 2 }],
    });
  });
});

describe('k3s and RKE2', () => {
  const main = '/etc/rancher/k3s/registries.yaml';

  test('what stands in front of the repository is a rewrite; comments stay', () => {
    const old = '# ours\nmirrors:\n  # red\n  quay.io:\n    endpoint:\n      - https://q.corp\n';
    const after = written(state('k3s', main, { [main]: old }), told(proxy));
    expect(after.files[0]?.text).toContain(old);
    expect(after.files[0]?.text).toMatch(
      /docker\.io:\n {4}endpoint:\n {6}- https:\/\/harbor\.corp\n {4}rewrite:\n {6}.?\^\(\.\*\)\$.?: proxy\/\$1/,
    );
    expect(configDraft(after, told(proxy)).files).toEqual([]);
  });

  test('one rewrite is for all endpoints: another one is told', () => {
    const after = written(state('k3s', main, {}), told(proxy));
    expect(configDraft(after, told(cache))).toMatchObject({
      files: [],
      untold: [{ mirror: 'cache', reason: 'path' }],
    });
  });

  test('no YAML is told with its line', () => {
    expect(
      configDraft(state('k3s', main, { [main]: 'mirrors:\n  - [a\n' }), told(cache)).broken,
    ).toMatchObject([{ path: main }]);
  });
});

describe('what mirrors are to a node', () => {
  const mirror = (more: Partial<Mirror>): Mirror => ({
    name: 'm',
    match: ['**'],
    scheme: 'drop-host',
    at: 'harbor.corp/x',
    writable: false,
    credentials: { from: 'anonymous' },
    nodesHaveCredentials: false,
    plainHttp: false,
    ...more,
  });

  test.each([
    ['drop-host', mirror({}), [{ server: 'https://harbor.corp', path: 'x' }]],
    ['prefix-host-path', mirror({ scheme: 'prefix-host-path' }), [{ path: 'x/docker.io' }]],
    [
      'host-alias',
      mirror({ scheme: 'host-alias', aliases: { 'docker.io': 'd.corp' } }),
      [{ server: 'https://d.corp', path: '' }],
    ],
    [
      'harbor-library',
      mirror({ scheme: 'harbor-library' }),
      [{ path: 'x', below: 'library' }, { path: 'x' }],
    ],
    ['last-segment', mirror({ scheme: 'last-segment' }), []],
    ['another registry', mirror({ match: ['quay.io/**'] }), []],
  ] as const)('%s', (_, one, expected) => {
    const { settings } = settingsFor([one], ['docker.io']);
    expect(settings.registries.flatMap(({ mirrors }) => mirrors)).toMatchObject(expected);
  });

  test('what renames, and what wants credentials, is told', () => {
    const reason = (one: Mirror) => settingsFor([one], ['docker.io']).untold.map((it) => it.reason);
    expect(reason(mirror({ scheme: 'last-segment' }))).toEqual(['renames']);
    expect(reason(mirror({ credentials: { from: 'docker-config' } }))).toEqual(['credentials']);
    expect(reason(mirror({ credentials: { from: 'docker-config' }, nodesHaveCredentials: true }))).toEqual(
      [],
    );
  });
});
