import { describe, expect, test } from 'vitest';
import { PullmendError } from '../../base/index.ts';
import { formatReference, parseReference } from '../../image/index.ts';
import { addMirrors, mirrorReference, needsPlace, parseMirrorSet, presetMirrors, presets } from './index.ts';

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof PullmendError ? error.code : String(error);
  }
  return undefined;
}

const place = (name: string): string | undefined => {
  const preset = presets.find((it) => it.name === name);
  return preset !== undefined && needsPlace(preset) ? 'own.corp' : undefined;
};

describe('presets', () => {
  test.each(presets.map(({ name }) => name))('%s is a valid configuration', (name) => {
    const text = addMirrors('', 'config.yaml', presetMirrors(name, place(name)).mirrors);
    expect(parseMirrorSet(text, 'config.yaml').mirrors.length).toBeGreaterThan(0);
    expect(text).not.toContain('{at}');
  });

  test.each([
    ['daocloud', 'nginx:1', 'm.daocloud.io/docker.io/library/nginx:1'],
    ['daocloud-hosts', 'registry.k8s.io/pause:3.9', 'k8s.m.daocloud.io/pause:3.9'],
    ['kubesre-hosts', 'nginx:1', 'dhub.kubesre.xyz/library/nginx:1'],
    ['cloudflare-worker', 'k8s.gcr.io/pause:3.6', 'k8s-gcr.own.corp/pause:3.6'],
    ['lank8s', 'k8s.gcr.io/pause:3.6', 'lank8s.cn/pause:3.6'],
    [
      'aliyun-google-containers',
      'registry.k8s.io/coredns/coredns:v1',
      'registry.aliyuncs.com/google_containers/coredns:v1',
    ],
    [
      'kubesphereio',
      'kubesphere/ks-console:v3.4.1',
      'registry.cn-beijing.aliyuncs.com/kubesphereio/ks-console:v3.4.1',
    ],
    [
      'huawei-kubesphere',
      'kubesphere/ks-console:v1',
      'swr.cn-southwest-2.myhuaweicloud.com/ks/kubesphere/ks-console:v1',
    ],
    ['anjia0532', 'quay.io/a/x:1', 'docker.io/anjia0532/quay.a.x:1'],
    ['anjia0532', 'k8s.gcr.io/pause:3.6', 'docker.io/anjia0532/google-containers.pause:3.6'],
    ['hub-mirror', 'quay.io/a/x:1', 'own.corp/quay.io.a.x:1'],
    ['docker-image-pusher', 'quay.io/a/x:1', 'own.corp/x:1'],
    ['harbor', 'bitnami/redis:7', 'own.corp/proxy/bitnami/redis:7'],
  ])('%s names %s %s', (name, image, expected) => {
    const text = addMirrors('', 'config.yaml', presetMirrors(name, place(name)).mirrors);
    const [first] = parseMirrorSet(text, 'config.yaml').mirrors;
    const mirrored = first && mirrorReference(first, parseReference(image));
    expect(mirrored && formatReference(mirrored)).toBe(expected);
  });

  test('refuses an unknown name, a missing place and a superfluous one', () => {
    expect(codeOf(() => presetMirrors('daoclod', undefined))).toBe('PM_PRESET_UNKNOWN');
    expect(codeOf(() => presetMirrors('harbor', undefined))).toBe('PM_PRESET_PLACE');
    expect(codeOf(() => presetMirrors('daocloud', 'a.corp'))).toBe('PM_PRESET_PLACE');
    expect(codeOf(() => addMirrors('', 'f', presetMirrors('harbor', 'a corp').mirrors))).toBe(
      'PM_CONFIG_INVALID',
    );
  });
});

describe('addMirrors', () => {
  const { mirrors } = presetMirrors('daocloud', undefined);
  const head = 'apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\n';

  test.each([
    ['a list', `${head}# ours\nmirrors:\n  - name: a # first\n    scheme: drop-host\n    at: a.corp\n`],
    ['a list at the margin', `${head}mirrors:\n- {name: a, scheme: drop-host, at: a.corp}\n# the end\n`],
    ['no newline at the end', `${head}mirrors:\n  - {name: a, scheme: drop-host, at: a.corp}`],
  ])('keeps what stands in the file: %s', (_, text) => {
    const after = addMirrors(text, 'f', mirrors);
    expect(parseMirrorSet(after, 'f').mirrors.map(({ name }) => name)).toEqual(['a', 'daocloud']);
    for (const line of text.split('\n')) expect(after.split('\n')).toContain(line);
  });

  test.each([
    ['an empty list', `${head}mirrors: []\n`],
    ['a list in one line', `${head}mirrors: [{name: a, scheme: drop-host, at: a.corp}] # ours\n`],
    ['an empty file', ''],
  ])('adds to %s', (_, text) => {
    const after = addMirrors(text, 'f', mirrors);
    expect(parseMirrorSet(after, 'f').mirrors.at(-1)?.name).toBe('daocloud');
    expect(after.includes('# ours')).toBe(text.includes('# ours'));
  });

  test('refuses a name that is taken, and a file with mistakes', () => {
    const once = addMirrors('', 'f', mirrors);
    expect(codeOf(() => addMirrors(once, 'f', mirrors))).toBe('PM_MIRROR_EXISTS');
    expect(codeOf(() => addMirrors('mirrors: 3\n', 'f', mirrors))).toBe('PM_CONFIG_INVALID');
  });
});
