import { describe, expect, test } from 'vitest';
import { containerdRoute, crioRoute, dockerRoute, hostFolders, readContainerdConfig } from './index.ts';

const hub = { registry: 'docker.io', repository: 'library/nginx', tag: '1.27' };
const quay = { registry: 'quay.io', repository: 'acme/app', tag: '1' };
const hubItself = 'https://registry-1.docker.io/v2/library/nginx';

function config(text: string) {
  const read = readContainerdConfig({ path: '/etc/containerd/config.toml', text });
  if (read === undefined) throw new Error('no TOML');
  return read;
}

function addresses({ endpoints }: { readonly endpoints: readonly { readonly repository: string }[] }) {
  return endpoints.map(({ repository }) => repository);
}

describe('containerd', () => {
  test.each([
    ['3', 'io.containerd.cri.v1.images'],
    ['2', 'io.containerd.grpc.v1.cri'],
    ['1', 'cri'],
  ])('version %s names the folders in plugins."%s"', (version, section) => {
    const text = `version = ${version}\n[plugins."${section}".registry]\n  config_path = "/etc/a:/etc/b"\n`;
    expect(config(text).hostFolders).toEqual(['/etc/a', '/etc/b']);
  });

  test('a registry with a port has a folder with underscores, and every one the default', () => {
    const text = '[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/c"\n';
    expect(hostFolders(config(text), 'reg.corp:5000')).toEqual([
      '/c/reg.corp_5000_',
      '/c/reg.corp:5000',
      '/c/_default',
    ]);
  });

  test('hosts are asked in the order of the file, then the server; those that may not resolve are not', () => {
    const hosts = {
      path: '/c/docker.io/hosts.toml',
      text: `server = "https://registry-1.docker.io"
[host."https://b.corp"]
  capabilities = ["pull", "resolve"]
  skip_verify = true
[host."http://a.corp:5000/v2/proxy"]
  override_path = true
  ca = "ca.crt"
[host."https://push.corp"]
  capabilities = ["push"]
[host."https://c.corp/hub"]
`,
    };
    expect(containerdRoute(undefined, hosts, hub)).toEqual({
      endpoints: [
        {
          repository: 'https://b.corp/v2/library/nginx',
          mirror: true,
          namespace: 'docker.io',
          insecure: true,
        },
        {
          repository: 'http://a.corp:5000/v2/proxy/library/nginx',
          mirror: true,
          namespace: 'docker.io',
          caFile: '/c/docker.io/ca.crt',
        },
        { repository: 'https://c.corp/hub/v2/library/nginx', mirror: true, namespace: 'docker.io' },
        { repository: hubItself, mirror: false },
      ],
      files: ['/c/docker.io/hosts.toml'],
    });
  });

  test('without `server` the registry itself comes last; of broken TOML nothing else is left', () => {
    const path = '/c/_default/hosts.toml';
    expect(addresses(containerdRoute(undefined, { path, text: '[host."https://m.corp"]' }, quay))).toEqual([
      'https://m.corp/v2/acme/app',
      'https://quay.io/v2/acme/app',
    ]);
    expect(addresses(containerdRoute(undefined, { path, text: '[host' }, quay))).toEqual([
      'https://quay.io/v2/acme/app',
    ]);
  });

  test('the old mirrors count, unless there is a config_path', () => {
    const old = `[plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]
  endpoint = ["https://m.corp", "https://registry-1.docker.io"]
[plugins."io.containerd.grpc.v1.cri".registry.mirrors."*"]
  endpoint = ["http://any.corp"]
[plugins."io.containerd.grpc.v1.cri".registry.configs."m.corp".tls]
  insecure_skip_verify = true
  ca_file = "/etc/ca.crt"
`;
    expect(containerdRoute(config(old), undefined, hub).endpoints).toEqual([
      {
        repository: 'https://m.corp/v2/library/nginx',
        mirror: true,
        namespace: 'docker.io',
        insecure: true,
        caFile: '/etc/ca.crt',
      },
      { repository: hubItself, mirror: false },
    ]);
    expect(addresses(containerdRoute(config(old), undefined, quay))).toEqual([
      'http://any.corp/v2/acme/app',
      'https://quay.io/v2/acme/app',
    ]);
    const both = `${old}[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/c"\n`;
    expect(addresses(containerdRoute(config(both), undefined, hub))).toEqual([hubItself]);
  });
});

describe('CRI-O', () => {
  const main = {
    path: '/etc/containers/registries.conf',
    text: `unqualified-search-registries = ["docker.io"]
[[registry]]
prefix = "docker.io"
location = "docker.io"
[[registry.mirror]]
location = "harbor.corp/proxy"
insecure = true
[[registry.mirror]]
location = "digests.corp"
pull-from-mirror = "digest-only"
[[registry]]
prefix = "*.internal"
location = "gate.corp/internal"
`,
  };

  test('mirrors first, the prefix replaced by their location', () => {
    expect(crioRoute([main], hub)).toEqual({
      endpoints: [
        { repository: 'https://harbor.corp/v2/proxy/library/nginx', mirror: true, insecure: true },
        { repository: hubItself, mirror: false },
      ],
      files: ['/etc/containers/registries.conf'],
    });
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(addresses(crioRoute([main], { ...hub, digest }))[1]).toBe('https://digests.corp/v2/library/nginx');
    expect(addresses(crioRoute([main], { registry: 'x.internal', repository: 'a/b' }))).toEqual([
      'https://gate.corp/v2/internal/a/b',
    ]);
  });

  test('a later file replaces a prefix, the longest prefix counts, blocked is not asked', () => {
    const extra = {
      path: '/etc/containers/registries.conf.d/50.conf',
      text: `[[registry]]
prefix = "docker.io/library"
blocked = true
location = "docker.io/library"
[[registry.mirror]]
location = "only.corp/lib"
[[registry]]
location = "docker.io"
`,
    };
    expect(addresses(crioRoute([main, extra], hub))).toEqual(['https://only.corp/v2/lib/nginx']);
    expect(addresses(crioRoute([main, extra], { ...hub, repository: 'acme/app' }))).toEqual([
      'https://registry-1.docker.io/v2/acme/app',
    ]);
    expect(addresses(crioRoute([main], quay))).toEqual(['https://quay.io/v2/acme/app']);
  });
});

describe('docker', () => {
  const file = {
    path: '/etc/docker/daemon.json',
    text: '{"registry-mirrors":["https://m.corp/"],"insecure-registries":["quay.io"]}',
  };

  test('mirrors serve Docker Hub alone', () => {
    const args = ['dockerd', '--registry-mirror=https://n.corp', '--registry-mirror', 'https://o.corp'];
    expect(addresses(dockerRoute(file, args, hub))).toEqual([
      'https://m.corp/v2/library/nginx',
      'https://n.corp/v2/library/nginx',
      'https://o.corp/v2/library/nginx',
      hubItself,
    ]);
    expect(dockerRoute(file, args, quay).endpoints).toEqual([
      { repository: 'https://quay.io/v2/acme/app', mirror: false, insecure: true },
    ]);
  });

  test('a file that is no JSON configures nothing', () => {
    expect(addresses(dockerRoute({ path: 'x', text: '{' }, [], hub))).toEqual([hubItself]);
  });
});
