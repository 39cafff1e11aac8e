import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReference, repositoryName } from '../../../image/index.ts';
import type { PresetMirror } from '../preset.ts';
import { presetMirrors } from '../presets.ts';
import { mirrorReference } from '../rename.ts';
import { draftMirror } from './draft.ts';
import { discoverMirrors, type DiscoverInput } from './index.ts';

const nothing: DiscoverInput = { images: [], sameContent: [], wanted: [], configured: [], mirrors: [] };

function discover(input: Partial<DiscoverInput>, known?: readonly string[]) {
  return discoverMirrors({ ...nothing, ...input }, known);
}

function brief(input: Partial<DiscoverInput>) {
  return discover(input).map(({ mirror: { scheme, at, match, aliases }, confidence, preset }) =>
    [preset ?? scheme, at ?? JSON.stringify(aliases), match?.join(' ') ?? '', confidence].join(' | '),
  );
}

describe('discoverMirrors', () => {
  test('a cluster without copies has none', () => {
    expect(brief({ images: ['nginx:1', 'quay.io/a/b:1', 'registry.corp/team/shop:1'] })).toEqual([]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'a Harbor proxy project',
      ['h.corp/proxy/library/nginx:1', 'h.corp/proxy/bitnami/redis:7'],
      ['harbor-proxy | h.corp/proxy |  | likely'],
    ],
    [
      'pushed copies without library/',
      ['h.corp/library/nginx:1', 'h.corp/library/kubesphere/ks-console:v3.4.1'],
      ['harbor-library | h.corp/library | docker.io/** | likely'],
    ],
    [
      'the host before every name',
      ['m.corp/quay.io/x/y:1', 'm.corp/docker.io/library/nginx:1'],
      ['prefix-host-path | m.corp | docker.io/** quay.io/** | certain'],
    ],
    [
      'a host for each registry',
      [
        'docker.m.corp/library/nginx:1',
        'docker.m.corp/grafana/grafana:9',
        'quay.m.corp/jetstack/cert-manager-webhook:v1',
      ],
      ['host-alias | {"docker.io":"docker.m.corp","quay.io":"quay.m.corp"} |  | likely'],
    ],
    [
      'the last part only',
      ['r.corp/g/coredns:v1.9', 'r.corp/g/ks-console:v3.4.1', 'r.corp/g/kube-controllers:v3'],
      ['last-segment | r.corp/g | docker.io/** | likely'],
    ],
    [
      'dots',
      [
        'r.corp/me/bitnami.redis:7',
        'r.corp/me/quay.io.jetstack.cert-manager-webhook:v1',
        'r.corp/me/calico.node:v3',
      ],
      ['dots | r.corp/me | docker.io/** | likely'],
    ],
    [
      'official images alone: what all readings agree on',
      ['h.corp/library/nginx:1', 'h.corp/library/redis:7'],
      ['drop-host | h.corp | docker.io/library/* | likely'],
    ],
    ['one name is not enough', ['h.corp/team/nginx:1'], ['harbor-library | h.corp/team |  | unsure']],
  ])('%s', (_, images, expected) => {
    expect(brief({ images })).toEqual(expected);
  });

  test('content on a node makes sure, and tells the original where names cannot', () => {
    const images = ['h.corp/mine/web:1', 'h.corp/mine/bitnami/redis:7'];
    const sameContent = [['h.corp/mine/web:1', 'docker.io/acme/web:1', 'docker.io/library/web:1']];
    expect(brief({ images, sameContent })).toEqual(['harbor-library | h.corp/mine | docker.io/** | certain']);
  });

  test('content that is another image takes a reading away', () => {
    const images = [
      'r.corp/g/redis:1',
      'r.corp/g/nginx:1',
      'r.corp/g/ks-console:v3.4.1',
      'r.corp/g/ks-apiserver:1',
    ];
    const sameContent = [['r.corp/g/redis:1', 'docker.io/bitnami/redis:1']];
    expect(brief({ images, sameContent })).toEqual(['last-segment | r.corp/g | docker.io/** | certain']);
  });

  test('a setting decides between readings, and stands alone where no pod shows it', () => {
    const images = ['h.corp/library/nginx:1', 'h.corp/library/redis:7'];
    const where = 'ClusterConfiguration/kubesphere-system/ks-installer spec.local_registry';
    const setting = { scheme: 'drop-host', match: ['docker.io/**'], where } as const;
    expect(brief({ images, configured: [{ ...setting, at: 'h.corp' }] })).toEqual([
      'drop-host | h.corp | docker.io/** docker.io/library/* | certain',
    ]);
    expect(brief({ configured: [{ ...setting, at: 'other.corp/x' }] })).toEqual([
      'drop-host | other.corp/x | docker.io/** | likely',
    ]);
  });

  test('public mirrors come as their presets', () => {
    const images = [
      'm.daocloud.io/docker.io/library/nginx:1',
      'registry.aliyuncs.com/google_containers/pause:3.9',
      'docker.io/anjia0532/google-containers.pause:3.9',
    ];
    expect(
      discover({ images }).map(({ preset, confidence, evidence }) => [preset, confidence, evidence.length]),
    ).toEqual([
      ['daocloud', 'certain', 1],
      ['aliyun-google-containers', 'certain', 1],
      ['anjia0532', 'certain', 1],
    ]);
  });

  test('what is configured already is not proposed; names stay unique', () => {
    const images = ['h.corp/proxy/library/nginx:1', 'h.corp/proxy/bitnami/redis:7'];
    const mirror = draftMirror({ scheme: 'harbor-proxy', at: 'h.corp/proxy' });
    expect(discover({ images, mirrors: [mirror] })).toEqual([]);
    const taken = { ...draftMirror({ scheme: 'dots', at: 'x.corp' }), name: 'h-corp-proxy' };
    expect(discover({ images, mirrors: [taken] }).map((it) => it.mirror.name)).toEqual(['h-corp-proxy-2']);
  });
});

const part = fc.stringMatching(/^[a-z][a-z0-9]{0,2}(?:[._-][a-z0-9])?$/);
const hosts = ['docker.io', 'registry.k8s.io', 'quay.io'];
const original = fc
  .record({ host: fc.constantFrom(...hosts), path: fc.array(part, { minLength: 1, maxLength: 3 }) })
  .map(({ host, path }) => repositoryName(parseReference(`${host}/${path.join('/')}`)));
const place = fc.constantFrom('m.corp', 'm.corp/proxy', 'm.corp/library', 'm.corp:5000/a/b', 'docker.m.corp');

/** Every scheme that names can be read of, at any place. */
const truth: fc.Arbitrary<PresetMirror> = fc.oneof(
  fc.record({
    name: fc.constant('m'),
    scheme: fc.constantFrom('prefix-host-path', 'drop-host', 'harbor-library', 'last-segment', 'dots'),
    match: fc.constantFrom<string[][]>(['**'], ['docker.io/**'], ['quay.io/**']),
    at: place,
  }),
  fc.constantFrom('cloudflare-worker', 'linkos').map((name) => {
    const [mirror] = presetMirrors(name, name === 'linkos' ? undefined : 'w.corp').mirrors;
    if (mirror?.aliases === undefined) throw new Error('no aliases');
    const own = Object.entries(mirror.aliases).map(([host, alias]) => [
      host,
      alias.replace(/[^.]*\.[^.]*$/, 'w.corp'),
    ]);
    return { ...mirror, name: 'm', aliases: Object.fromEntries(own) as Record<string, string> };
  }),
);

test('random clusters: the scheme that made the names comes out, or it is said to be unsure', () => {
  let told = 0;
  let unsure = 0;
  fc.assert(
    fc.property(
      truth,
      fc.uniqueArray(original, { minLength: 1, maxLength: 12 }),
      fc.uniqueArray(original, { maxLength: 12 }),
      fc.array(part, { maxLength: 3 }),
      fc.boolean(),
      (mirror, used, others, own, withContent) => {
        const draft = draftMirror(mirror);
        const forward = (name: string) => {
          const named = mirrorReference(draft, parseReference(name));
          return named && repositoryName(named);
        };
        const copies = used.flatMap((name) => forward(name) ?? []);
        const images = [...copies, ...own.map((name) => `m.corp/team/own-${name}`)];
        const sameContent = withContent ? used.slice(0, 1).map((name) => [name, forward(name) ?? name]) : [];
        const found = discover({ images, sameContent }, [...new Set([...used, ...others])]);
        for (const proposal of found) {
          if (proposal.confidence === 'unsure') {
            unsure++;
            continue;
          }
          told++;
          const proposed = draftMirror(proposal.mirror);
          for (const name of [...used, ...others]) {
            const said = mirrorReference(proposed, parseReference(name));
            // What it serves of the originals is not known from names; how it names what it serves is.
            if (said !== undefined && forward(name) !== undefined)
              expect(repositoryName(said)).toBe(forward(name));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(unsure / 4);
});
