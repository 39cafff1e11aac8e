import { describe, expect, test } from 'vitest';
import { editStep, memoryFiles } from '../../../test/support/repair-shop.ts';
import type { EditFileStep } from '../../core/model/index.ts';
import { applyStep, laneOf, lookAt, undoStep, vetStep, type StepTools } from '../index.ts';

const text = 'web:1 db:2 # ours\n';
const edit = { file: 'a.yaml', line: 1, column: 1, offset: 0, length: 5, before: 'web:1', after: 'm/web:1' };
const second = { ...edit, column: 7, offset: 6, length: 4, before: 'db:2', after: 'm/db:2' };
const step = editStep('s1', 'a.yaml', text, { edits: [edit, second] });

async function go(one: EditFileStep, tools: StepTools, dryRun = false) {
  return await applyStep(one, { ...tools, run: 'r-1', dryRun });
}

async function takeBack(one: EditFileStep, tools: StepTools, dryRun = false) {
  const reopen = async () => await Promise.resolve();
  const context = { ...tools, run: 'r-1', dryRun, stillNeeded: false, reopen };
  return await undoStep({ step: one, state: 'applied', at: '' }, context);
}

test('replaces the images and no other byte', async () => {
  const files = memoryFiles({ 'a.yaml': text });
  expect(await go(step, files.tools)).toEqual({});
  expect(files.text('a.yaml')).toBe('m/web:1 m/db:2 # ours\n');
});

test('a file that was edited since the plan stays', async () => {
  const files = memoryFiles({ 'a.yaml': `${text}# mine\n` });
  await expect(go(step, files.tools)).rejects.toMatchObject({
    code: 'PM_FILE_CHANGED',
    params: { file: 'a.yaml' },
  });
  expect(files.written).toEqual([]);
});

test('a dry run writes nothing', async () => {
  const files = memoryFiles({ 'a.yaml': text });
  await go(step, files.tools, true);
  expect(files.written).toEqual([]);
});

describe('taken back', () => {
  test('every image is the old one, with what somebody added behind', async () => {
    const files = memoryFiles({ 'a.yaml': 'm/web:1 m/db:2 # ours and mine\n' });
    expect(await takeBack(step, files.tools)).toMatchObject([
      { outcome: 'restored', path: 'a.yaml:1:1' },
      { outcome: 'restored', path: 'a.yaml:1:7' },
    ]);
    expect(files.text('a.yaml')).toBe('web:1 db:2 # ours and mine\n');
  });

  test('what somebody wrote over stays, what he put back is there already', async () => {
    const files = memoryFiles({ 'a.yaml': 'web:1 m/db:2 # ours\n' });
    expect((await takeBack(step, files.tools)).map(({ outcome }) => outcome)).toEqual([
      'already',
      'restored',
    ]);
    expect(files.text('a.yaml')).toBe(text);
    const other = memoryFiles({ 'a.yaml': 'web:9 db:9 # ours\n' });
    expect((await takeBack(step, other.tools)).map(({ outcome }) => outcome)).toEqual([
      'changed-since',
      'changed-since',
    ]);
    expect(other.written).toEqual([]);
  });

  test('in a dry run it stays', async () => {
    const files = memoryFiles({ 'a.yaml': 'm/web:1 m/db:2 # ours\n' });
    expect((await takeBack(step, files.tools, true)).map(({ outcome }) => outcome)).toEqual([
      'restored',
      'restored',
    ]);
    expect(files.written).toEqual([]);
  });
});

test('each image is read once, and the first that cannot be read is told', async () => {
  const image = (imageAfter: string) =>
    ({ place: 'container', container: 'c', imageBefore: 'x', imageAfter }) as const;
  const read: string[] = [];
  const readImage = async (name: string) => {
    read.push(name);
    if (name !== 'a') throw new Error(`${name} is not there`);
    await Promise.resolve();
  };
  const { tools } = memoryFiles({});
  const look = await lookAt({ ...step, expect: ['a', 'b', 'a', 'c'].map(image) }, { ...tools, readImage });
  expect(look).toEqual({ result: 'failing', final: 'now', proved: 1, expected: 3, detail: 'b is not there' });
  expect(read).toEqual(['a', 'b', 'c']);
  expect(await lookAt({ ...step, expect: [image('a')] }, { ...tools, readImage })).toEqual({
    result: 'proved',
    final: 'now',
    proved: 1,
    expected: 1,
  });
});

test('files have a lane each', () => {
  expect(laneOf(step)).toBe('a.yaml');
});

describe('in a plan that somebody edited', () => {
  const allowed = { images: new Set(['m/web:1', 'm/db:2']), hosts: new Set<string>() };
  const vet = (...edits: EditFileStep['edits']) => vetStep({ ...step, edits }, allowed);

  test('only images of the plan, parts of them, and pull policies are written', () => {
    expect(vet(edit, second)).toBeUndefined();
    expect(
      vet({ ...edit, after: '"m/web"' }, { ...edit, after: ' imagePullPolicy: IfNotPresent\n' }),
    ).toBeUndefined();
    expect(vet(edit, { ...edit, after: 'evil:1' })).toBe('a.yaml:1 would become "evil:1"');
  });

  test('and only in its own file', () => {
    expect(vet({ ...edit, file: '/etc/passwd' })).toBe('/etc/passwd:1 would become "m/web:1"');
  });
});
