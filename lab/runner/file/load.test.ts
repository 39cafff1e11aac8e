import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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

test('the scenarios of the lab can be read', () => {
  const names = loadFolder(new URL('../../scenarios', import.meta.url).pathname).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(25);
});

test('the published schema is that of the code: node lab/schema/write.ts', () => {
  const published: unknown = JSON.parse(
    readFileSync(new URL('../../schema/scenario.schema.json', import.meta.url), 'utf8'),
  );
  expect(published).toEqual(scenarioJsonSchema());
});
