import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { table } from './table.ts';
import { cutTo, joinParts, padTo, textWidth, wrap } from './wrap.ts';

describe('wrap', () => {
  test('at blanks, keeping wider gaps inside a line', () => {
    expect(wrap('a reference   same digest', 25)).toEqual(['a reference   same digest']);
    expect(wrap('a reference   same digest', 16)).toEqual(['a reference', 'same digest']);
  });

  test('Chinese counts double, breaks anywhere, and no line begins with its punctuation', () => {
    expect(wrap('镜像仓库没有应答，请换镜像站', 16)).toEqual(['镜像仓库没有应', '答，请换镜像站']);
    expect(wrap('可以先看一看（不做改动）', 14)).toEqual(['可以先看一看', '（不做改动）']);
    expect(wrap('镜像拉取失败：连接超时', 12)).toEqual(['镜像拉取失', '败：连接超时']);
  });

  test('a long image name breaks after its separators only', () => {
    const name = 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.99.0';
    expect(wrap(name, 40)).toEqual(['registry.k8s.io/kube-state-metrics/kube-', 'state-metrics:v2.99.0']);
  });

  test('no line is wider than asked, and nothing but blanks is lost', () => {
    const words = fc.array(
      fc.constantFrom('docker.io/library/nginx:1.25@sha256:', 'a', '镜像', '失败,', '…', 'xyz'),
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 60 }), (parts, width) => {
        const text = parts.join(' ');
        const lines = wrap(text, width);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

test('parts stay whole: a command that does not fit begins a line', () => {
  expect(joinParts(['2 of 2 pods start', '3 s', 'undo: pullmend undo r-1'], 40)).toEqual([
    '2 of 2 pods start · 3 s',
    'undo: pullmend undo r-1',
  ]);
});

test('pad and cut count columns, not characters', () => {
  expect(padTo('镜像', 6)).toBe('镜像  ');
  expect(cutTo('镜像仓库', 6)).toBe('镜像…');
  expect(textWidth('\u001b[31m镜像\u001b[39m')).toBe(4);
});

describe('table', () => {
  test('columns as wide as their content; a cell that is too long pushes the rest down', () => {
    const rows = [
      ['工作负载 a', 'image'],
      ['b', 'image'],
      ['a-name-that-is-longer-than-its-column', 'image'],
    ];
    expect(table(rows, { indent: 2, width: 40, widest: 12 })).toEqual([
      '  工作负载 a    image',
      '  b             image',
      '  a-name-that-is-longer-than-its-column',
      '                image',
    ]);
  });

  test('the last column wraps under itself', () => {
    expect(table([['a', 'one two three']], { indent: 0, width: 10 })).toEqual(['a  one two', '   three']);
  });
});
