import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadFolder, parseScenario, scenarioJsonSchema, ScenarioFileError } from './index.ts';

const GOOD = `name: web
about: a Deployment
given:
  manifests:
    - { apiVersion: apps/v1, kind: Deployment, metadata: { name: web } }
  failing:
    - of: Deployment/web
      container: web
when:
  - pullmend: [fix, --yes]
    exit: 0
then:
  ready: [Deployment/web]
`;

describe('parseScenario', () => {
  test('fills in the defaults', () => {
    const scenario = parseScenario(GOOD, 'web.yaml');
    expect(scenario.isolation).toBe('namespace');
    expect(scenario.given.failing[0]).toMatchObject({
      pods: 1,
      within: 60,
      reason: '^(ErrImagePull|ImagePullBackOff)$',
    });
  });

  test.each([
    ['an unknown key', GOOD.replace('about:', 'abut:'), 'web.yaml:2:1: Unrecognized key: "abut"'],
    [
      'a missing key',
      GOOD.replace('      container: web\n', ''),
      'web.yaml:7:7: given.failing.0.container: ',
    ],
    [
      'a wrong value',
      GOOD.replace('Deployment/web\n      container', 'web\n      container'),
      'web.yaml:7:11: given.failing.0.of: write Kind/name',
    ],
    [
      'a wrong key inside an action',
      GOOD.replace('exit: 0', 'exitt: 0'),
      'web.yaml:11:5: when.0: Unrecognized key: "exitt"',
    ],
    [
      'a bad expression',
      GOOD.replace('container: web', 'container: web\n      message: "("'),
      'web.yaml:9:16: given.failing.0.message: is not a regular expression',
    ],
    ['broken YAML', 'name: [', 'web.yaml:1:8: '],
    ['an alias of nothing', `${GOOD}other: *nothing\n`, 'web.yaml: '],
    [
      'broken manifests',
      GOOD.replace(/ {2}manifests:\n.*\n/, '  manifests: "a: ["\n'),
      'web.yaml:4:14: given.manifests: ',
    ],
    [
      'a variable of nobody',
      GOOD.replace('fix, --yes', 'fix, -n, "${nowhere}"'),
      'web.yaml:10:25: when.0.pullmend.2: ${nowhere} is not known here',
    ],
  ])('points at %s', (_what, text, message) => {
    const mistake = (): unknown => parseScenario(text, 'web.yaml');
    expect(mistake).toThrow(ScenarioFileError);
    expect(mistake).toThrow(message);
  });

  test('a scenario without proof of failure is refused', () => {
    expect(() =>
      parseScenario(GOOD.replace(/ {2}failing:\n.*\n.*\n/, '  failing: []\n'), 'web.yaml'),
    ).toThrow('given.failing');
  });
});

test('values of an action are known to later ones', () => {
  const text = GOOD.replace('exit: 0', 'capture: { run: { json: /record/metadata/name } }').replace(
    'ready: [Deployment/web]',
    'undo: { pullmend: [undo, "${run}"] }',
  );
  expect(parseScenario(text, 'web.yaml').then.undo?.pullmend).toEqual(['undo', '${run}']);
});

describe('loadFolder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'scenarios-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('makes a scenario of each value', () => {
    writeFileSync(join(folder, 'web.yaml'), `${GOOD}each: { n: [0, Two] }\n`);
    const [first, second] = loadFolder(folder);
    expect([first?.name, first?.values]).toEqual(['web-0', { n: '0' }]);
    expect([second?.name, second?.values]).toEqual(['web-two', { n: 'Two' }]);
  });

  test('tells the mistakes of all files, of those that cannot be read too', () => {
    writeFileSync(join(folder, 'a.yaml'), 'name: [');
    writeFileSync(join(folder, 'b.yaml'), GOOD);
    mkdirSync(join(folder, 'c.yaml'));
    const read = (): unknown => loadFolder(folder);
    for (const part of ['a.yaml:1:8: ', "b.yaml: name: must be the file's name", 'c.yaml: EISDIR'])
      expect(read).toThrow(part);
    expect(read).toThrow(ScenarioFileError);
  });
});

// There is no folder of open ones while all of them hold.
const folders = ['scenarios', 'scenarios-open'].map((folder) => new URL(`../../${folder}`, import.meta.url));
test.each(folders.filter((folder) => existsSync(folder)))('%s of the lab can be read', ({ pathname }) => {
  expect(loadFolder(pathname).length).toBeGreaterThan(0);
});

test('the published schema is that of the code: node lab/schema/write.ts', () => {
  const published: unknown = JSON.parse(
    readFileSync(new URL('../../schema/scenario.schema.json', import.meta.url), 'utf8'),
  );
  expect(published).toEqual(scenarioJsonSchema());
});
