import { describe, expect, test } from 'vitest';
import { isError } from '../../base/index.ts';
import { parseMirrorSet } from './index.ts';

const head = 'apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\n';

function problems(text: string) {
  try {
    parseMirrorSet(text, 'mirrors.yaml');
  } catch (error) {
    if (isError(error, 'PM_CONFIG_INVALID')) return error;
    throw error;
  }
  return expect.unreachable('was accepted');
}

/** `line:column path kind` of each problem. */
function told(text: string) {
  return problems(text).params.problems.map(
    ({ line, column, path, fault }) =>
      `${line}:${column} ${path} ${fault.kind === 'rule' ? fault.rule : fault.kind}`,
  );
}

describe('parseMirrorSet', () => {
  test('fills the defaults', () => {
    const set = parseMirrorSet(
      `${head}mirrors:
  - { name: proxy, scheme: harbor-proxy, at: harbor.corp/proxy }
  - name: copies
    scheme: harbor-library
    at: harbor.corp/library
    writable: true
    credentials: { secretRef: shop/harbor }
  - { name: tpl, template: "harbor.corp:8443/p/{repository}", credentials: docker-config }
  - { name: alias, scheme: host-alias, aliases: { index.docker.io: docker.m.corp } }
`,
      'mirrors.yaml',
    );
    expect(set.mirrors.map(({ name, scheme, at, match }) => [name, scheme, at, match])).toEqual([
      ['proxy', 'harbor-proxy', 'harbor.corp/proxy', ['docker.io/**']],
      ['copies', 'harbor-library', 'harbor.corp/library', ['**']],
      ['tpl', 'template', 'harbor.corp:8443/p', ['**']],
      ['alias', 'host-alias', '', ['**']],
    ]);
    expect(set.mirrors.map(({ credentials }) => credentials)).toEqual([
      { from: 'anonymous' },
      { from: 'secret', namespace: 'shop', name: 'harbor' },
      { from: 'docker-config' },
      { from: 'anonymous' },
    ]);
    expect(set.mirrors[3]?.aliases).toEqual({ 'docker.io': 'docker.m.corp' });
    expect(set.mirrors[0]).toMatchObject({ writable: false, plainHttp: false, nodesHaveCredentials: false });
  });

  test('tells an unknown key with its place and the nearest known one, in both languages', () => {
    const error = problems(`${head}mirrors:\n  - name: a\n    shceme: drop-host\n    at: harbor.corp\n`);
    expect(error.where).toBe('mirrors.yaml:5:5');
    expect(error.text('en').what).toContain(
      '5:5 mirrors[0].shceme: unknown key "shceme" (did you mean "scheme"?)',
    );
    expect(error.text('zh').what).toContain('是否想写 “scheme”');
  });

  test('tells the value that was probably meant', () => {
    const error = problems(`${head}mirrors: [{ name: a, scheme: harbor-prxy, at: a.corp }]\n`);
    expect(error.message).toContain('(did you mean "harbor-proxy"?)');
  });

  test('tells every mistake', () => {
    const text = `${head}mirrors:
  - name: A
    scheme: harbor
    at: https://harbor.corp/proxy
    match: ["!docker.io"]
  - name: b
    scheme: drop-host
    at: harbor
    writable: "yes"
    credentials: docker
  - name: c
    scheme: template
    template: harbor.corp/{repo}
    credentials: { secretRef: nowhere }
  - scheme: host-alias
    aliases: { docker.io: mirror.corp/hub }
`;
    expect(told(text)).toEqual([
      '4:11 mirrors[0].name name',
      '5:13 mirrors[0].scheme not-allowed',
      '6:9 mirrors[0].at at',
      '7:13 mirrors[0].match[0] glob',
      '10:9 mirrors[1].at at',
      '11:15 mirrors[1].writable wrong-type',
      '12:18 mirrors[1].credentials not-allowed',
      '15:15 mirrors[2].template template',
      '16:31 mirrors[2].credentials.secretRef secret-ref',
      '17:5 mirrors[3].name missing',
      '18:27 mirrors[3].aliases.docker.io alias',
    ]);
  });

  test('knows what each scheme needs', () => {
    expect(
      told(`${head}mirrors:
  - { name: a, scheme: host-alias, at: harbor.corp }
  - { name: a, scheme: drop-host, at: harbor.corp }
  - { name: c, at: harbor.corp }
`),
    ).toEqual([
      '4:5 mirrors[0].aliases missing',
      '4:40 mirrors[0].at not-used',
      '5:13 mirrors[1].name duplicate-name',
      '6:5 mirrors[2].scheme missing',
    ]);
  });

  test.each([
    ['', '1:1  wrong-type'],
    ['a: [1\n', '2:1  syntax'],
    ['- a\n', '1:1  wrong-type'],
    [`${head}mirrors: *nowhere\n`, '3:10  syntax'],
    [`${head}mirrors: []\n---\nb: 1\n`, '4:1  syntax'],
    [`${head}mirrors: []\nkind: MirrorSet\n`, '4:1  syntax'],
    ['kind: MirrorSet\nmirrors: []\n', '1:1 apiVersion missing'],
    [`apiVersion: v1\nkind: MirrorSet\nmirrors: []\n`, '1:13 apiVersion not-allowed'],
  ])('%j is refused at %s', (text, place) => {
    expect(told(text)[0]).toBe(place);
  });

  test('many aliases do not unfold without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [at, from] of ['ab', 'bc', 'cd', 'de', 'ef'].map((it) => [it[1], it[0]])) {
      bomb.push(`${at}: &${at} [${Array.from({ length: 9 }, () => `*${from}`).join(', ')}]`);
    }
    expect(told(bomb.join('\n'))[0]).toMatch(/syntax$/);
  });
});
