import type { en } from './en.ts';

/** The shape of a catalogue without its words: every text a `string`, every function with its parameters. */
export type Texts<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : { readonly [K in keyof T]: Texts<T[K]> };

/** What every language must provide; English sets the shape, a missing key fails the type check. */
export type DomainWords = Texts<typeof en>;
