import { globSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { x } from 'tinyexec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepKinds } from '../src/core/model/schemas/index.ts';
import { checkFloors } from './support/cruise.ts';
import { repository } from './support/repository.ts';

const folders = ['src', 'lab', 'test', 'tools'];

describe('the floors of this house', () => {
  let result: Awaited<ReturnType<typeof checkFloors>>;
  beforeAll(async () => {
    result = await checkFloors(repository, folders);
  });

  test('no import goes up, sideways or past a door', () => {
    const found = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(found).toEqual([]);
  });

  test('every floor and every capability has its place in the rules', async () => {
    const rules = (await readFile(join(repository, '.dependency-cruiser.cjs'), 'utf8')).replaceAll(
      /\s+/g,
      ' ',
    );
    const named = (folder: string) => rules.includes(`'${folder}'`);
    const present = ['src/*/', 'src/core/*/', 'src/capabilities/*/'].flatMap((pattern) =>
      globSync(pattern, { cwd: repository }).map((path) => basename(path)),
    );
    expect(present.filter((folder) => !named(folder))).toEqual([]);
  });

  test('flows only join what lies below them: none is long enough for logic', () => {
    const files = globSync('src/flows/*.ts', { cwd: repository }).filter(
      (file) => !file.endsWith('.test.ts') && !file.endsWith('mender-type.ts'),
    );
    // What a door names for others is no logic.
    const logicIn = (file: string): string =>
      readFileSync(join(repository, file), 'utf8').replaceAll(/^export type [^;]*;\n/gm, '');
    const long = files.filter((file) => logicIn(file).trimEnd().split('\n').length > 60);
    expect(long).toEqual([]);
  });

  test('every source file was looked at', () => {
    const onDisk = globSync(
      folders.map((folder) => `${folder}/**/*.ts`),
      { cwd: repository },
    );
    const cruised = result.modules.map(({ source }) => source);
    expect(cruised).toEqual(expect.arrayContaining(onDisk.filter((file) => !file.includes('/fixtures/'))));
    expect(onDisk.length).toBeGreaterThan(100);
  });
});

/** A house with one small room for everything the rules talk about. */
const rooms = [
  'src/core/base',
  'src/core/image',
  'src/core/i18n',
  'src/core/model',
  'src/core/knowledge',
  'src/core/knowledge/mirrors',
  'src/core/edit',
  'src/core/choose',
  'src/core/new',
  'src/adapters/oci',
  'src/adapters/kube',
  'src/adapters/node',
  'src/stages/diagnose',
  'src/stages/supply',
  'src/stages/plan',
  'src/access',
  'src/steps/patch',
  'src/capabilities/chart',
  'src/capabilities/copy',
  'src/capabilities/bundle',
  'src/capabilities/rewrite',
  'src/capabilities/kustomize',
  'src/capabilities/gitops',
  'src/capabilities/new',
  'src/flows',
  'src/apps/cli',
  'src/apps/hub',
  'test/support',
  'lab/runner',
  'tools',
];

const planted: readonly (readonly [rule: string, file: string, line: string])[] = [
  ['floor-core', 'src/core/model/a.ts', "import '../../adapters/oci/index.ts';"],
  ['floor-core', 'src/core/edit/a.ts', "import type { X } from '../../stages/plan/index.ts';"],
  ['core-order-base', 'src/core/base/a.ts', "import '../image/index.ts';"],
  ['core-order-image', 'src/core/image/a.ts', "import '../i18n/index.ts';"],
  ['core-order-i18n', 'src/core/i18n/a.ts', "import '../model/index.ts';"],
  ['core-order-model', 'src/core/model/a.ts', "export { X } from '../knowledge/index.ts';"],
  ['core-order-knowledge', 'src/core/knowledge/a.ts', "import '../edit/index.ts';"],
  ['core-order-knowledge', 'src/core/knowledge/b.ts', "import '../choose/index.ts';"],
  ['core-order-choose', 'src/core/choose/a.ts', "import '../new/index.ts';"],
  ['core-order-node-config', 'src/core/node-config/a.ts', "import '../choose/index.ts';"],
  ['core-order-edit', 'src/core/edit/a.ts', "import '../knowledge/index.ts';"],
  ['core-pure-packages', 'src/core/image/a.ts', "import 'undici';"],
  ['core-pure-builtins', 'src/core/image/a.ts', "import 'node:fs/promises';"],
  ['core-pure-builtins', 'src/core/edit/a.ts', "await import('process');"],
  ['floor-adapters', 'src/adapters/kube/a.ts', "import '../../stages/plan/index.ts';"],
  ['floor-adapters', 'src/adapters/kube/a.ts', "import '../../apps/hub/index.ts';"],
  ['adapters-apart', 'src/adapters/kube/a.ts', "import type { X } from '../oci/index.ts';"],
  ['adapters-apart', 'src/adapters/kube/a.ts', "import '../node/index.ts';"],
  ['children-in-one-place', 'src/adapters/helm/a.ts', "import 'node:child_process';"],
  ['adapters-apart-node', 'src/adapters/node/a.ts', "import '../oci/index.ts';"],
  ['floor-stages', 'src/stages/supply/a.ts', "import '../../apps/hub/index.ts';"],
  ['floor-access', 'src/access/a.ts', "import '../stages/supply/index.ts';"],
  ['floor-steps', 'src/steps/patch/a.ts', "import '../../stages/supply/index.ts';"],
  ['floor-capabilities', 'src/capabilities/copy/a.ts', "import '../../flows/index.ts';"],
  ['floor-flows', 'src/flows/a.ts', "import '../apps/hub/index.ts';"],
  ['floor-access-tests', 'src/access/a.test.ts', "import '../flows/index.ts';"],
  ['floor-steps-tests', 'src/steps/patch/a.test.ts', "import '../../stages/supply/index.ts';"],
  ['floor-capabilities-tests', 'src/capabilities/copy/a.test.ts', "import '../../flows/index.ts';"],
  ['floor-flows-tests', 'src/flows/a.test.ts', "import '../apps/cli/index.ts';"],
  ...['chart', 'copy', 'harbor', 'images', 'reach', 'snapshot'].map(
    (room) =>
      [`capability-order-${room}`, `src/capabilities/${room}/a.ts`, "import '../bundle/index.ts';"] as const,
  ),
  ...[
    'bundle',
    'discover',
    'look',
    'mirrors',
    'node-images',
    'node-load',
    'preflight',
    'repair',
    'requests',
  ].map(
    (room) =>
      [`capability-order-${room}`, `src/capabilities/${room}/a.ts`, "import '../rewrite/index.ts';"] as const,
  ),
  ...['node-config', 'owner', 'prevent', 'rbac', 'releases', 'rewrite'].map(
    (room) =>
      [
        `capability-order-${room}`,
        `src/capabilities/${room}/a.ts`,
        "import '../kustomize/index.ts';",
      ] as const,
  ),
  ['capability-order-kustomize', 'src/capabilities/kustomize/a.ts', "import '../gitops/index.ts';"],
  ['capability-order-gitops', 'src/capabilities/gitops/a.ts', "import '../new/index.ts';"],
  ['floor-core-tests', 'src/core/edit/a.test.ts', "import '../../adapters/oci/index.ts';"],
  ['floor-adapters-tests', 'src/adapters/kube/a.test.ts', "import '../../stages/plan/index.ts';"],
  ['floor-stages-tests', 'src/stages/supply/a.test.ts', "import '../../apps/cli/index.ts';"],
  ['stages-apart', 'src/stages/supply/a.ts', "import '../plan/index.ts';"],
  ['deciding-is-pure', 'src/stages/plan/a.ts', "import '../../adapters/oci/index.ts';"],
  ['deciding-is-pure', 'src/stages/diagnose/a.ts', "import type { X } from '../../adapters/kube/index.ts';"],
  ['deciding-touches-nothing', 'src/stages/plan/a.ts', "import 'undici';"],
  ['deciding-touches-nothing', 'src/stages/diagnose/a.ts', "import 'node:fs';"],
  ['nobody-imports-cli', 'src/apps/hub/a.ts', "import '../cli/index.ts';"],
  ['nobody-imports-cli', 'lab/runner/a.ts', "await import('../../src/apps/cli/index.ts');"],
  ['front-door', 'src/stages/supply/a.ts', "import '../../core/model/inside.ts';"],
  ['front-door', 'src/core/model/a.ts', "import '../base/inside.ts';"],
  ['front-door-of-floor', 'src/apps/cli/a.ts', "import '../../flows/inside.ts';"],
  ['front-door-of-floor', 'src/stages/supply/a.ts', "import '../../access/inside.ts';"],
  ['front-door-from-outside', 'lab/runner/a.ts', "import '../../src/flows/inside.ts';"],
  ['front-door-from-outside', 'lab/runner/a.ts', "import '../../src/core/model/inside.ts';"],
  ['src-stands-alone', 'src/adapters/kube/a.ts', "import '../../../test/support/index.ts';"],
  ['src-tests-support', 'src/adapters/kube/a.test.ts', "import '../../../lab/runner/index.ts';"],
  ['no-test-code', 'src/core/base/a.ts', "import './inside.test.ts';"],
  ['no-test-code', 'src/adapters/oci/a.ts', "import 'vitest';"],
  ['no-unresolvable', 'src/core/base/a.ts', "import './nowhere.ts';"],
];

const welcome: readonly (readonly [file: string, line: string])[] = [
  ['src/core/model/a.ts', "import '../image/index.ts';"],
  ['src/core/edit/a.ts', "import 'yaml';"],
  ['src/core/image/a.ts', "import 'node:crypto';"],
  ['src/adapters/node/a.ts', "import '../kube/index.ts';"],
  ['src/stages/supply/a.ts', "import '../../adapters/oci/index.ts';"],
  ['src/flows/a.ts', "import '../stages/plan/index.ts'; import './inside.ts';"],
  ['src/capabilities/bundle/a.ts', "import '../copy/index.ts'; import '../../stages/supply/index.ts';"],
  ['src/stages/plan/a.ts', "import '../../core/knowledge/mirrors/index.ts';"],
  ['src/stages/plan/a.test.ts', "import 'vitest'; import '../../../test/support/index.ts';"],
  ['src/adapters/oci/a.test.ts', "import '../../apps/hub/index.ts';"],
  ['src/apps/cli/a.ts', "import '../../flows/index.ts'; import 'node:fs';"],
  ['tools/gen.ts', "import '../src/apps/cli/inside.ts';"],
];

describe('the rules bite', () => {
  let house: string;
  beforeAll(async () => {
    house = await mkdtemp(join(tmpdir(), 'pullmend-floors-'));
    await symlink(join(repository, 'node_modules'), join(house, 'node_modules'));
    const files = rooms.flatMap((room) =>
      ['index', 'inside', 'inside.test'].map((file) => `${room}/${file}.ts`),
    );
    await Promise.all(files.map((file) => write(file, 'export type X = string;\n')));
  });
  afterAll(() => rm(house, { recursive: true }));

  async function write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(house, file)), { recursive: true });
    await writeFile(join(house, file), text);
  }

  async function violationsWith(file: string, line: string): Promise<readonly string[]> {
    const kept = await readFile(join(house, file), 'utf8').catch(() => undefined);
    await write(file, `${line}\n`);
    const { summary } = await checkFloors(house, folders);
    await (kept === undefined ? rm(join(house, file)) : write(file, kept));
    return summary.violations.map(({ rule }) => rule.name);
  }

  test('an empty house is in order', async () => {
    expect(await violationsWith('src/core/base/a.ts', '')).toEqual([]);
  });

  test.each(planted)('%s is broken by %s: %s', async (rule, file, line) => {
    expect(await violationsWith(file, line)).toContain(rule);
  });

  test.each(welcome)('nothing is broken by %s: %s', async (file, line) => {
    expect(await violationsWith(file, line)).toEqual([]);
  });

  test('every rule has a planted violation', async () => {
    const { summary } = await checkFloors(house, folders);
    const rules = summary.ruleSetUsed?.forbidden?.map(({ name }) => name) ?? [];
    expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(rules));
  });
});

/** What the compiler says of the table of steps when one file of src is another one. */
async function typesWith(file: string, text: string): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'pullmend-kinds-'));
  try {
    await cp(join(repository, 'src'), join(house, 'src'), { recursive: true });
    await symlink(join(repository, 'node_modules'), join(house, 'node_modules'));
    await writeFile(join(house, file), text);
    const options = JSON.parse(await readFile(join(repository, 'tsconfig.json'), 'utf8')) as object;
    await writeFile(
      join(house, 'tsconfig.json'),
      JSON.stringify({ ...options, include: undefined, files: ['src/steps/table.ts'] }),
    );
    const { stdout } = await x('tsc', ['--noEmit', '--pretty', 'false'], { nodeOptions: { cwd: house } });
    return stdout;
  } finally {
    await rm(house, { recursive: true });
  }
}

describe('a step is a room', () => {
  const kinds = stepKinds.join('|');
  /** A comparison with the name of a kind, or a case of it: what only the kind's own folder may decide. */
  const decision = new RegExp(`\\bkind\\s*[!=]==\\s*'(?:${kinds})'|case\\s+'(?:${kinds})'\\s*:`);

  test('nothing outside src/steps decides on the kind of a step', () => {
    const files = globSync('src/**/*.ts', { cwd: repository }).filter(
      (file) => !file.startsWith('src/steps/') && !file.endsWith('.test.ts'),
    );
    const found = files.filter((file) => decision.test(readFileSync(join(repository, file), 'utf8')));
    expect(found).toEqual([]);
  });

  test.each(["if (step.kind === 'patch') {", "kind !== 'copy-image'", "    case 'edit-file':"])(
    'a decision is seen: %s',
    (line) => {
      expect(decision.test(line)).toBe(true);
    },
  );

  test.each(stepKinds)('%s has a folder with the same files as all others', (kind) => {
    const files = globSync('*.ts', { cwd: join(repository, 'src/steps', kind) });
    const expected = ['apply.ts', 'index.ts', 'preview.ts', 'prove.ts', 'rights.ts', 'undo.ts'];
    expect(files).toEqual(expect.arrayContaining(expected));
  });

  test('a kind without a whole folder does not compile', async () => {
    const table = 'src/steps/table.ts';
    const step = 'src/core/model/schemas/step.ts';
    const text = await readFile(join(repository, step), 'utf8');
    const withKind = text.replace('const kinds = {', 'const kinds = {\n  experiment: patchStepSchema,');
    expect(withKind).not.toBe(text);
    const told = await typesWith(step, withKind);
    expect(told).toContain(table);
    expect(told).toContain("'experiment'");
  }, 120_000);
});
