import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../base/index.ts';
import { failureClasses } from '../../../model/index.ts';
import { classCommands, failureClassInfo, renderClassReference } from '../index.ts';

/** Room on a line of 80 columns beside a label and its indent. */
const maxColumns = 68;

describe.each(failureClasses)('%s', (name) => {
  const info = failureClassInfo[name];

  test.each(languages)('fits the screen in %s', (lang) => {
    const { meaning, works, useless, mirror } = info.text[lang];
    expect(works.length).toBeGreaterThan(0);
    for (const line of [meaning, mirror, ...works, ...useless]) {
      expect(stringWidth(line), line).toBeLessThanOrEqual(maxColumns);
    }
  });

  test('says the same in every language', () => {
    expect(info.text.zh.works.length).toBe(info.text.en.works.length);
    expect(info.text.zh.useless.length).toBe(info.text.en.useless.length);
  });
});

describe('classCommands', () => {
  test('fills what is known and leaves the rest to a person', () => {
    const [create] = classCommands('pull-secret-missing', { image: 'redis:7', namespace: 'shop' });
    expect(create).toBe(
      'kubectl -n shop create secret docker-registry SECRET --docker-server=https://index.docker.io/v1/ --docker-username=USER --docker-password=PASSWORD',
    );
    expect(classCommands('unknown', {})[1]).toBe('kubectl delete pod POD');
  });

  test('a name from the cluster cannot become a command', () => {
    expect(classCommands('not-found', { image: "a'; rm -rf /" })).toEqual([
      String.raw`pullmend find 'a'\''; rm -rf /'`,
    ]);
  });
});

describe('renderClassReference', () => {
  test.each(languages)('has a section for every class in %s', (lang) => {
    const page = renderClassReference(lang);
    for (const name of failureClasses) {
      expect(page).toContain(`\n### ${name}\n`);
      expect(page).toContain(failureClassInfo[name].text[lang].meaning);
    }
    expect(page.endsWith('\n')).toBe(true);
  });
});
