import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMender } from '../../flows/index.ts';
import { serialize } from './render/serialize.ts';
import * as shop from './testing/shop.ts';
import { runIn, type Ran } from './testing/world.ts';

/*
 * What is read from outside, made to harm whoever reads it: every command on it ends, says a code of the catalogue or
 * does its work, changes nothing but what it says, and tells no secret.
 */

const onLinux = process.platform === 'linux';
const secret = 'Zk9-hunter2';

let home: string;
let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'pullmend-attack-'));
  folder = join(home, 'files');
  await mkdir(folder);
  await writeFile(at('good.yaml'), pod('docker.io/library/nginx:1.25'));
  const mirror = '{ name: m, match: ["docker.io/**"], scheme: harbor-proxy, at: harbor.test/proxy }';
  await writeFile(
    join(home, 'config.yaml'),
    `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - ${mirror}\n`,
  );
});

afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

function pod(image: string, more = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - { name: c, image: "${image}" }\n${more}`;
}

async function run(...argv: readonly string[]): Promise<Ran> {
  const env = { XDG_STATE_HOME: join(home, 'state'), PATH: process.env['PATH'] };
  const context = { env, home, createMender, readFile: async (path: string) => await readFile(path, 'utf8') };
  return await runIn(context, ...argv, '--config', join(home, 'config.yaml'));
}

/** Everything below the folder, to see that nothing else was touched. */
async function seen(): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // A name that is no UTF-8 cannot be asked for.
    if (entry.isFile()) found[path] = (await readFile(path).catch(() => Buffer.of())).toString('base64');
  }
  return found;
}

function isTold({ code, out, err }: Ran): void {
  expect(out + err).not.toContain('PM_INTERNAL');
  expect(out + err).not.toContain(secret);
  if (code !== 0) expect(err + out).toMatch(/PM_[A-Z_]+|Zk9|no |left out/);
}

type Bad = readonly [name: string, make: () => Promise<unknown>];

const text =
  (content: string | Uint8Array, name = 'bad.yaml') =>
  async () =>
    await writeFile(at(name), content);
const nested = (open: string, close: string, depth = 20_000) => open.repeat(depth) + close.repeat(depth);
const fifo = async () => execFileSync('mkfifo', [at('bad.yaml')]);

const badFiles: readonly Bad[] = [
  ['an empty file', text('')],
  ['NUL bytes', text(Buffer.alloc(1000))],
  ['no UTF-8', text(Buffer.from([0xff, 0xfe, 0xfd]))],
  ['a byte order mark alone', text('\uFEFF')],
  ['UTF-16', text(Buffer.from(pod('nginx'), 'utf16le'))],
  ['17 MiB', text(Buffer.alloc(17 * 1024 * 1024, '# x\n'))],
  ['lists of lists', text(`kind: Pod\nx: ${nested('[', ']')}`)],
  ['maps of maps', text(`kind: Pod\nx: ${nested('{a: ', '}')}`)],
  ['JSON of JSON', text(nested('{"a":', '}'), 'bad.json')],
  ['lists that never end', text(`x: ${'['.repeat(50_000)}`)],
  ['a million dashes', text(`kind: List\nx:\n${'- '.repeat(3000)}a`)],
  ['a million keys', text(`kind: Pod\n${Array.from({ length: 60_000 }, (_, n) => `k${n}: 1`).join('\n')}`)],
  ['an alias that names itself', text('kind: Pod\nspec: &s\n  x: *s\n')],
  [
    'aliases without end',
    text(
      `kind: Pod\na0: &a0 [x, x]\n${Array.from({ length: 20 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`).join('\n')}`,
    ),
  ],
  ['an alias to nothing', text('kind: Pod\nx: *none\n')],
  ['a key that stands twice', text(pod('nginx:1', 'kind: Pod\n'))],
  [
    'keys of JavaScript',
    text(
      'kind: Pod\n__proto__: { polluted: true }\nconstructor: { prototype: 1 }\nspec: { containers: [{ image: "a/b:1" }] }\n',
    ),
  ],
  [
    'tags of other programs',
    text('kind: !!js/function "function(){}"\nx: !!python/object/apply:os.system ["id"]\n'),
  ],
  ['a template', text('kind: Pod\nspec: {{ .Values.x }}\n')],
  ['a hundred thousand documents', text('---\n'.repeat(100_000))],
  ['ends of documents', text('...\n'.repeat(10_000))],
  ['directives', text('%YAML 9.9\n---\nkind: Pod\n')],
  ['carriage returns', text('kind: Pod\r'.repeat(1000))],
  ['one line of 2 MB', text(`kind: Pod\nx: "${'a'.repeat(2_000_000)}"\n`)],
  ['a name of 100 kB', text(pod(`${'a'.repeat(100_000)}:1`))],
  ['control characters in names', text(pod('nginx\\u001b[2J\\u0007:1'))],
  ['names that turn direction', text(pod('nginx\\u202e:1'))],
  ['credentials in a name', text(pod(`bob:${secret}@reg.test/app:1`))],
  ['credentials in a URL', text(pod(`https://bob:${secret}@reg.test/app:1`))],
  ['a name that is a flag', text(pod('--config=/etc/passwd'))],
  ['a name that is a path', text(pod('../../../../etc/passwd'))],
  ['a name that is a script', text(pod('$(touch /tmp/pullmend-was-here)'))],
  ['a name with line breaks', text(pod('nginx\\n:1'))],
  ['a regular expression that explodes', text(pod(`${'a-'.repeat(50_000)}!`))],
  ['numbers that are none', text('kind: Pod\nx: [1e999, .nan, -.inf, 0x1, 0o7, 1_000]\n')],
  ['dates that are none', text('kind: Pod\nx: 9999-99-99\n')],
  ['binary', text('kind: ConfigMap\nbinaryData: { a: !!binary "////" }\n')],
  ['a broken link', async () => await symlink('nowhere', at('bad.yaml'))],
  ['a link to itself', async () => await symlink('bad.yaml', at('bad.yaml'))],
  ['a link to the folder above', async () => await symlink('..', at('bad'))],
  ['a link out', async () => await symlink('/etc/hostname', at('bad.yaml'))],
  ['a folder with the name of a file', async () => await mkdir(at('bad.yaml'))],
  [
    'folders in folders',
    async () => await mkdir(join(folder, ...Array.from({ length: 60 }, () => 'd')), { recursive: true }),
  ],
  ['a Chart.yaml without a chart', text('', 'Chart.yaml')],
  ['a kustomization that names itself', text('resources: [.]\n', 'kustomization.yaml')],
  ...(onLinux
    ? ([
        ['a pipe without a writer', fifo],
        ['a link to a device', async () => await symlink('/dev/zero', at('bad.yaml'))],
        ['a link to a terminal', async () => await symlink('/dev/tty', at('bad.yaml'))],
        ['a link to the memory of this process', async () => await symlink('/proc/self/mem', at('bad.yaml'))],
        ['a link to all open files', async () => await symlink('/proc/self/fd', at('bad'))],
        [
          'a name that is no UTF-8',
          async () =>
            await writeFile(
              Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff]), Buffer.from('.yaml')]),
              'kind: Pod\n',
            ),
        ],
        ['a name with line breaks and colours', text(pod('nginx'), 'a\n\u001b[31mb.yaml')],
      ] satisfies readonly Bad[])
    : []),
];

describe('files that mean harm', () => {
  test.each(badFiles)('%s: images of the folder', async (_, make) => {
    await make();
    for (const format of ['table', 'json', 'yaml', 'list']) isTold(await run('images', folder, '-o', format));
  });

  test.each(badFiles)('%s: rewrite of the folder, and back', async (_, make) => {
    await make();
    const before = await seen();
    const ran = await run('rewrite', folder, '--no-probe', '--in-place');
    isTold(ran);
    if (ran.code !== 0) expect(await seen()).toEqual(before);
    else {
      isTold(await run('undo', '--yes'));
      expect(await seen()).toEqual(before);
    }
    expect((await stat('/tmp/pullmend-was-here').catch(() => undefined)) === undefined).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  // A pipe that is named waits for its writer; src/adapters/files has its end.
  test.each(badFiles.filter(([, make]) => make !== fifo))('%s: named itself', async (_, make) => {
    await make();
    const [name = 'good.yaml'] = (await readdir(folder)).filter((it) => it !== 'good.yaml');
    isTold(await run('images', at(name)));
  });
});

describe('plans that mean harm', () => {
  const rows: readonly (readonly [string, (plan: string) => string])[] = [
    ['nothing', () => ''],
    ['null', () => 'null'],
    ['a list', () => '[]'],
    ['a number', () => '42'],
    ['no YAML', () => '{'],
    ['nested without end', () => nested('[', ']')],
    [
      'aliases without end',
      () =>
        `a: &a [x]\n${Array.from({ length: 20 }, (_, n) => `b${n}: &b${n} [${`*${n === 0 ? 'a' : `b${n - 1}`},`.repeat(9)}]`).join('\n')}`,
    ],
    ['another kind', (plan) => plan.replace('kind: RepairPlan', 'kind: RepairRecord')],
    ['another version', (plan) => plan.replace('v1alpha1', 'v9')],
    ['no steps', (plan) => plan.replace(/ {2}steps:[^]*?\n {2}(?=\w)/, '  steps: x\n  ')],
    ['a step of no kind', (plan) => plan.replace(/kind: patch/, 'kind: run-script')],
    [
      'a step on another kind of object',
      (plan) => plan.replace(/kind: Deployment/, 'kind: ClusterRoleBinding'),
    ],
    [
      'a path that leads elsewhere',
      (plan) => plan.replace(/path: \/spec[^\n]*/, 'path: /metadata/ownerReferences'),
    ],
    ['a path that is none', (plan) => plan.replace(/path: \/spec[^\n]*/, 'path: ..')],
    ['keys of JavaScript', (plan) => `${plan}\n__proto__: { polluted: true }\n`],
    ['a secret', (plan) => plan.replace(/busybox/, `bob:${secret}@reg.test/busybox`)],
    ['control characters', (plan) => plan.replace(/busybox/, '"busy\\u001b[2Jbox"')],
  ];
  test.each(rows)('%s', async (_, change) => {
    const plan = change(await serialize(shop.plan, 'yaml', { exact: 'all' }));
    const ran = await runIn({ files: { 'p.yaml': plan } }, 'apply', 'p.yaml', '--dry-run');
    expect(ran.out + ran.err).not.toContain('PM_INTERNAL');
    expect(ran.out + ran.err).not.toContain(secret);
    expect(ran.out + ran.err).not.toMatch(/\u001b\[2J/);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('charts that mean harm', () => {
  const chart = async (): Promise<void> =>
    await text('apiVersion: v2\nname: x\nversion: 1.0.0\n', 'Chart.yaml')();
  const rows: readonly Bad[] = [
    ['no chart', async () => undefined],
    ['no helm', chart],
    ['65 MiB', async () => await Promise.all([chart(), text(Buffer.alloc(65 * 1024 * 1024), 'big')()])],
    ['a link out', async () => await Promise.all([chart(), symlink('/etc', at('charts'))])],
    ['a link in a circle', async () => await Promise.all([chart(), symlink('.', at('charts'))])],
    ...(onLinux
      ? ([
          ['a pipe', async () => await Promise.all([chart(), fifo()])],
          [
            'a link to a device',
            async () => await Promise.all([chart(), symlink('/dev/zero', at('values.yaml'))]),
          ],
        ] satisfies readonly Bad[])
      : []),
  ];
  /** Stands for a helm that would read whatever lies there. */
  const helm = '/bin/false';
  test.each(rows)('a folder: %s', async (_, make) => {
    await make();
    for (const command of [
      ['images', '--chart', folder],
      ['rewrite', '--chart', folder, '--no-probe'],
    ]) {
      const env = { XDG_STATE_HOME: join(home, 'state'), PULLMEND_HELM: helm };
      const ran = await runIn({ env, home, createMender }, ...command, '--config', join(home, 'config.yaml'));
      isTold(ran);
      expect(ran.code).not.toBe(0);
    }
  });

  const archives: readonly (readonly [string, Uint8Array])[] = [
    ['nothing', new Uint8Array()],
    ['no archive', Buffer.from('hello')],
    ['an archive of nothing', gzipSync('')],
    ['zeros', gzipSync(Buffer.alloc(1024))],
    ['100 MiB in 100 kB', gzipSync(Buffer.alloc(100 * 1024 * 1024))],
    ['half an archive', gzipSync(Buffer.alloc(100_000, 'x')).subarray(0, 60)],
  ];
  test.each(archives)('an archive: %s', async (_, bytes) => {
    await writeFile(at('x.tgz'), bytes);
    const env = { XDG_STATE_HOME: join(home, 'state'), PULLMEND_HELM: helm };
    const argv = ['rewrite', '--chart', at('x.tgz'), '--no-probe', '--config', join(home, 'config.yaml')];
    const ran = await runIn({ env, home, createMender }, ...argv);
    isTold(ran);
    expect(ran.code).not.toBe(0);
  });
});

test('two runs on one folder take turns, and both can be taken back', async () => {
  for (let n = 0; n < 30; n += 1) await writeFile(at(`p${n}.yaml`), pod('docker.io/library/nginx:1.25'));
  const before = await seen();
  const both = await Promise.all(
    [1, 2].map(async () => await run('rewrite', folder, '--no-probe', '--in-place')),
  );
  expect(both.map(({ code, err }) => [code, err])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect((await run('undo', '--yes')).code).toBe(0);
  expect(await seen()).toEqual(before);
});
