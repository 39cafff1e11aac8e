import type { Shell } from '../shell.ts';

/** Asks a person on a terminal; where there is none, nothing is asked. */
export type Asking = {
  /** The number of one of the choices, from 1; `undefined` is a no. */
  readonly choose: (question: string, count: number) => Promise<number | undefined>;
  readonly yes: (question: string) => Promise<boolean>;
  /** A line; `undefined` when it is empty. */
  readonly line: (question: string) => Promise<string | undefined>;
};

/** Wrong answers in a row, after which nobody seems to be reading. */
const patience = 5;

/** Questions of this command; absent where nobody can answer, or a program reads the output. */
export function askingOf(shell: Shell): Asking | undefined {
  const { context, m } = shell;
  const { ask } = context;
  if (ask === undefined || shell.format !== 'table' || shell.flags.quiet === true) return undefined;
  const answer = async (question: string): Promise<string> => {
    shell.screen.close();
    const line = await ask(`${question}  `);
    context.signal.throwIfAborted();
    return line?.trim() ?? '';
  };
  const until = async <T>(question: string, read: (text: string) => T | 'again'): Promise<T | undefined> => {
    for (let tries = 0; tries < patience; tries += 1) {
      const got = read(await answer(question));
      if (got !== 'again') return got;
      shell.result([m.cli.ask.again]);
    }
    return undefined;
  };
  return {
    choose: async (question, count) =>
      await until(question, (text) => {
        if (text === '' || /^[n0]/i.test(text)) return undefined;
        const number = /^\d+$/.test(text) ? Number(text) : 0;
        return number >= 1 && number <= count ? number : 'again';
      }),
    yes: async (question) =>
      (await until(question, (text) => {
        if (text === '' || /^n/i.test(text)) return false;
        return /^y/i.test(text) ? true : 'again';
      })) ?? false,
    line: async (question) => (await answer(question)) || undefined,
  };
}
