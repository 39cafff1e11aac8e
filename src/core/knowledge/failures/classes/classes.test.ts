import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../base/index.ts';
import { failureClasses, failureVariants, type FailureClass } from '../../../model/index.ts';
import { actionOf, classCommands, failureClassInfo, renderClassReference } from '../index.ts';
import { variantInfo } from './index.ts';

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

function cause(failure: FailureClass, evidence = '', endpoint?: string) {
  return { class: failure, evidence, ...(endpoint !== undefined && { endpoint }) };
}

describe('classCommands', () => {
  test('port, name and scheme are those of the message', () => {
    const at = (failure: FailureClass, endpoint: string, evidence = '') =>
      classCommands(cause(failure, evidence, endpoint), {})[0];
    expect(at('dns', 'reg.shop.svc:5000')).toBe('getent hosts reg.shop.svc');
    expect(at('tls-handshake', 'quay.io')).toBe(
      'openssl s_client -connect quay.io:443 -servername quay.io </dev/null',
    );
    expect(at('tls-handshake', 'reg.test:5000')).toContain('-connect reg.test:5000 -servername reg.test ');
    expect(at('connect-timeout', '10.0.0.9:1443', 'Head "http://10.0.0.9:1443/v2/a"')).toContain(
      ' http://10.0.0.9:1443/v2/',
    );
    expect(at('network-unreachable', '[2600::1]:443')).toContain('getent ahosts 2600::1 ');
  });

  test('pullmend is called as it was called', () => {
    expect(classCommands(cause('not-found'), { image: 'a:1', program: 'kubectl pullmend' })).toEqual([
      'kubectl pullmend find a:1',
    ]);
  });

  test('what is not understood is not answered with a change', () => {
    const changes = /\b(?:delete|rm|rmi|prune|patch|edit|apply|drain|restart)\b/;
    expect(classCommands(cause('unknown'), {}).filter((command) => changes.test(command))).toEqual([]);
  });

  test('fills what is known and leaves the rest to a person', () => {
    const [create] = classCommands(cause('pull-secret-missing'), { image: 'redis:7', namespace: 'shop' });
    expect(create).toBe(
      'kubectl -n shop create secret docker-registry SECRET --docker-server=https://index.docker.io/v1/ --docker-username=USER --docker-password=PASSWORD --dry-run=client -o yaml | kubectl apply -f -',
    );
    expect(classCommands(cause('unknown'), {})[0]).toBe('kubectl describe pod POD');
  });

  test('a name from the cluster cannot become a command', () => {
    expect(classCommands(cause('not-found'), { image: "a'; rm -rf /" })).toEqual([
      String.raw`pullmend find 'a'\''; rm -rf /'`,
    ]);
  });
});

describe.each(failureVariants)('%s', (variant) => {
  test.each(languages)('fits the screen in %s and says as much in every language', (lang) => {
    for (const failure of variantInfo[variant].of) {
      const { meaning, works, useless, mirror } = actionOf({ class: failure, variant }).text[lang];
      for (const line of [meaning, mirror, ...works, ...useless]) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(maxColumns);
      }
      expect(works.length).toBe(variantInfo[variant].text.en.works.length);
    }
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
