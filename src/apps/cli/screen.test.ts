import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Screen, type Output } from './screen.ts';

/** A terminal of a few lines that understands what Screen writes: line breaks, cursor up, clear below. */
function terminal(isTerminal: boolean, columns = 20, rows = 10) {
  const lines: string[] = [''];
  let row = 0;
  const output: Output = {
    isTerminal,
    columns: () => columns,
    rows: () => rows,
    write: (text) => {
      for (const part of text.split(/(\u001b\[\d*[AJ]|\n|\r)/)) {
        const up = /^\u001b\[(\d+)A$/.exec(part);
        if (part === '\r') continue;
        else if (up !== null) row -= Number(up[1]);
        else if (part === '\u001b[J') lines.splice(row, lines.length, '');
        else if (part === '\n') lines[(row += 1)] ??= '';
        else lines[row] += part;
      }
    },
  };
  return { output, shown: () => lines.slice(0, -1) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('on a terminal', () => {
  test('live lines are drawn over, printed lines stay above them, nothing is left behind', () => {
    const { output, shown } = terminal(true);
    const screen = new Screen(output, true);
    screen.live((spinner) => [`${spinner} one`, `${spinner} two`]);
    expect(shown()).toEqual(['⠋ one', '⠋ two']);
    vi.advanceTimersByTime(120);
    expect(shown()).toEqual(['⠙ one', '⠙ two']);
    screen.print(['done one']);
    expect(shown()).toEqual(['done one', '⠙ one', '⠙ two']);
    screen.live((spinner) => [`${spinner} two`]);
    expect(shown()).toEqual(['done one', '⠙ two']);
    screen.close();
    expect(shown()).toEqual(['done one']);
    vi.advanceTimersByTime(1000);
    expect(shown()).toEqual(['done one']);
  });

  test('lines that would wrap are cut, more than a window are not drawn', () => {
    const { output, shown } = terminal(true, 12, 5);
    const screen = new Screen(output, true);
    screen.live(() => ['镜像镜像镜像镜像', 'b', 'c', 'd', 'e']);
    expect(shown()).toEqual(['镜像镜像镜…', 'b', 'c']);
    screen.close();
  });
});

test('elsewhere only what stays is written', () => {
  const { output, shown } = terminal(false);
  const screen = new Screen(output, true);
  screen.live(() => ['never']);
  screen.print(['a', 'b']);
  vi.advanceTimersByTime(1000);
  screen.close();
  expect(shown()).toEqual(['a', 'b']);
});
