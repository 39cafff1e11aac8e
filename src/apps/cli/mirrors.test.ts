import { describe, expect, test } from 'vitest';
import { parseMirrorSet } from '../../core/knowledge/mirrors/index.ts';
import { runIn } from './testing/world.ts';

const config = '/home/ann/.config/pullmend/config.yaml';

describe('mirrors add', () => {
  test('without a name lists the presets with their terms, in both languages', async () => {
    const en = await runIn({}, 'mirrors', 'add');
    expect(en.code).toBe(0);
    expect(en.out).toContain('daocloud');
    expect(en.out).toMatch(/terms: Public and free/);
    const zh = await runIn({}, 'mirrors', 'add', '--lang', 'zh');
    expect(zh.out).toContain('条款');
    expect(en.files).toEqual({});
  });

  test('writes a preset into the config file and says what comes next', async () => {
    const { code, out, files } = await runIn({}, 'mirrors', 'add', 'harbor', '--at', 'harbor.corp');
    expect(code).toBe(0);
    expect(parseMirrorSet(files[config] ?? '', config).mirrors.map(({ at }) => at)).toEqual([
      'harbor.corp/proxy',
      'harbor.corp/library',
    ]);
    expect(out).toContain('pullmend mirrors check harbor-proxy harbor-library');
  });

  test('--dry-run shows the lines and writes nothing', async () => {
    const { out, files } = await runIn({}, 'mirrors', 'add', 'daocloud', '--dry-run');
    expect(out).toContain('at: m.daocloud.io');
    expect(files).toEqual({});
  });

  test.each([
    [['daoclud'], 'PM_PRESET_UNKNOWN', 'did you mean "daocloud"?'],
    [['harbor'], 'PM_PRESET_PLACE', '--at'],
  ])('refuses %j with %s', async (args, code, words) => {
    const ran = await runIn({}, 'mirrors', 'add', ...args);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(code);
    expect(ran.err).toContain(words);
    expect(ran.files).toEqual({});
  });

  test('leaves a file with mistakes alone', async () => {
    const files = { [config]: 'mirrors: 3\n' };
    const ran = await runIn({ files }, 'mirrors', 'add', 'daocloud');
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('PM_CONFIG_INVALID');
    expect(ran.files).toEqual(files);
  });
});

describe('mirrors explain', () => {
  const mirrors = parseMirrorSet(
    `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: prefix, scheme: prefix-host-path, at: m.corp }
  - { name: hub, scheme: harbor-proxy, at: h.corp/proxy }
  - { name: copies, scheme: drop-host, at: c.corp }
`,
    'config.yaml',
  );

  test('shows each name, the original of a copy, and what cannot be told apart', async () => {
    const { code, out } = await runIn(
      { mirrors },
      'mirrors',
      'explain',
      'quay.io/a/b:1',
      'ghcr.io/a/b:1',
      'm.corp/gcr.io/x/y:2',
    );
    expect(code).toBe(0);
    expect(out).toContain('m.corp/quay.io/a/b:1');
    expect(out).toContain('does not serve it: no pattern of match fits');
    expect(out).toContain('original: gcr.io/x/y:2');
    expect(out).toContain('copies gives one name to several: c.corp/a/b:1');
  });

  test('-o json', async () => {
    const { out } = await runIn({ mirrors }, 'mirrors', 'explain', 'nginx:1', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      kind: 'NameList',
      items: [
        {
          image: 'docker.io/library/nginx:1',
          on: [
            { mirror: 'prefix', result: 'named', name: 'm.corp/docker.io/library/nginx:1' },
            { mirror: 'hub', result: 'named', name: 'h.corp/proxy/library/nginx:1' },
            { mirror: 'copies', result: 'named', name: 'c.corp/library/nginx:1' },
          ],
        },
      ],
      collisions: [],
    });
  });

  test('refuses a name that is none', async () => {
    const ran = await runIn({ mirrors }, 'mirrors', 'explain', 'a//b:1');
    expect(ran.code).toBe(2);
  });
});
