import type { ExitCode } from '../exit.ts';
import type { Lang } from '../lang.ts';

/** Whose move it is. */
export type Fault = 'you' | 'cluster' | 'registry' | 'network' | 'pullmend';

/** What a person reads: what happened, the likely reason, the next command. */
export type ErrorText = {
  readonly what: string;
  readonly likely?: string;
  readonly do?: string;
};

export type ErrorSpec<P> = {
  readonly exit: ExitCode;
  readonly fault: Fault;
  readonly text: Readonly<Record<Lang, (params: P) => ErrorText>>;
};

/** Registers one error: its exit code, whose move it is, and its text in every language. */
export function spec<P extends object = Record<never, never>>(
  exit: ExitCode,
  fault: Fault,
  text: Readonly<Record<Lang, (params: P) => ErrorText>>,
): ErrorSpec<P> {
  return { exit, fault, text };
}
