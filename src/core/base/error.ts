import {
  errorCatalogue,
  type ErrorCode,
  type ErrorSpec,
  type ErrorText,
  type Fault,
} from './errors/index.ts';
import type { ExitCode } from './exit.ts';
import type { Lang } from './lang.ts';

export type ErrorParams<C extends ErrorCode> =
  (typeof errorCatalogue)[C] extends ErrorSpec<infer P> ? P : never;

export type ErrorDetails = {
  /** Where it happened: file:line:column, Kind/namespace/name, or a URL without credentials. */
  readonly where?: string;
  readonly cause?: unknown;
};

/** An error that a person can act on: a stable code, a place, and a text in every language. */
export class PullmendError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly params: ErrorParams<C>;
  readonly where: string | undefined;

  constructor(code: C, params: ErrorParams<C>, details: ErrorDetails = {}) {
    super(textOf(code, params, 'en').what, { cause: details.cause });
    this.name = 'PullmendError';
    this.code = code;
    this.params = params;
    this.where = details.where;
  }

  get exit(): ExitCode {
    return errorCatalogue[this.code].exit;
  }

  get fault(): Fault {
    return errorCatalogue[this.code].fault;
  }

  text(lang: Lang): ErrorText {
    return textOf(this.code, this.params, lang);
  }
}

/** True for an error of this code; narrows its parameters. */
export function isError<C extends ErrorCode>(error: unknown, code: C): error is PullmendError<C> {
  return error instanceof PullmendError && error.code === code;
}

function textOf<C extends ErrorCode>(code: C, params: ErrorParams<C>, lang: Lang): ErrorText {
  // The catalogue ties each code to its parameters; TypeScript cannot follow a union of functions.
  const { text } = errorCatalogue[code] as unknown as ErrorSpec<ErrorParams<C> & object>;
  return text[lang](params as ErrorParams<C> & object);
}
