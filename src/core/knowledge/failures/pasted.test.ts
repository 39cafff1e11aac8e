import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normaliseImage } from '../../image/index.ts';
import { Explainer, ExcerptReader, type Explanation } from './index.ts';

/**
 * What people pasted into public threads, made anew with other names. The first lines tell what is in it, one
 * finding a line: `#! class|image|objects|does a mirror help[|variant[|secret]]`; `-` for none, `?` for either way,
 * `#! none` where nothing failed in the end.
 */
const folder = join(import.meta.dirname, 'testdata/pasted');
const mark = '#! ';

type Case = { readonly expected: readonly string[]; readonly lines: readonly string[] };

function read(name: string): Case {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  const expected = lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
  return {
    expected: expected.filter((line) => line !== 'none'),
    lines: lines.filter((line) => !line.startsWith(mark)),
  };
}

function explain(lines: readonly string[]): readonly Explanation[] {
  const explainer = new Explainer();
  const reader = new ExcerptReader((message) => explainer.add(message));
  for (const line of lines) reader.add(line);
  reader.end();
  return explainer.explanations();
}

/** The finding in the words of the expectation, with what is left open there left open. */
function told({ diagnosis, image, objects, secret }: Explanation, expected: string): string {
  const wanted = expected.split('|');
  const found = [
    diagnosis.class,
    image === undefined ? '-' : normaliseImage(image),
    objects.toSorted().join(',') || '-',
    diagnosis.mirrorHelps,
    diagnosis.variant ?? '-',
    secret ?? '-',
  ];
  return wanted.map((want, index) => (want === '?' ? want : found[index])).join('|');
}

function normalised(expected: string): string {
  const [failure = '', image = '', objects = '', ...rest] = expected.split('|');
  return [
    failure,
    image === '-' || image === '?' ? image : normaliseImage(image),
    objects.split(',').toSorted().join(','),
    ...rest,
  ].join('|');
}

function expectRight(explanations: readonly Explanation[], expected: readonly string[]): void {
  const wanted = expected.map(normalised);
  const open = [...explanations];
  const matched = wanted.map((want) => {
    const index = open.findIndex((one) => told(one, want) === want);
    return index < 0 ? undefined : told(open.splice(index, 1)[0] as Explanation, want);
  });
  const rest = open.map((one) => told(one, wanted[0] ?? 'class|image|objects|mirror'));
  expect({ matched, rest }).toEqual({ matched: wanted, rest: [] });
}

const names = readdirSync(folder);

test.each(names)('%s', (name) => {
  const { expected, lines } = read(name);
  expectRight(explain(lines), expected);
});

describe('cases of the corpus', () => {
  const corpus = join(
    process.env.PULLMEND_CORPUS ?? join(import.meta.dirname, '../../../../../shared/corpus'),
    'reports/messages',
  );
  const cases = existsSync(corpus) ? readdirSync(corpus) : ['(the corpus is not here)'];

  test.skipIf(!existsSync(corpus)).each(cases)('%s', (name) => {
    const { expected } = read(name.replace(/\.log$/, '.txt'));
    expectRight(explain(readFileSync(join(corpus, name), 'utf8').split('\n')), expected);
  });
});
