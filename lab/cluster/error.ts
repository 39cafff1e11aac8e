import { readFileSync } from 'node:fs';

/** How much of a log an error shows: enough for a Go stack's first lines. */
const TAIL_LINES = 20;
/** Structured logs have lines of kilobytes. */
const LINE_LENGTH = 300;

/** Something the person at the terminal must know; shown without a stack. */
export class LabError extends Error {
  override readonly name = 'LabError';
  /** What to do about it, or the last lines of a log. */
  readonly detail: string | undefined;

  constructor(message: string, detail?: string) {
    super(message);
    this.detail = detail;
  }
}

/** The last lines of a log file, or a note that it holds nothing. */
export function tailOf(file: string): string {
  let text = '';
  try {
    text = readFileSync(file, 'utf8').trimEnd();
  } catch {
    // A program that could not even be started has no log.
  }
  const tail = text === '' ? '(empty)' : lastLines(text);
  return `last lines of ${file}:\n${tail}`;
}

function lastLines(text: string): string {
  const lines = text.split('\n').slice(-TAIL_LINES);
  return lines
    .map((line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)} …` : line))
    .join('\n');
}
