import type { DomainWords, Texts } from '../../../core/i18n/index.ts';
import type { en } from './en.ts';

/** Flags' help and screens: what every language must provide; a missing key fails the type check. */
export type Screens = Texts<typeof en>;

/** Every text that the command says, besides what failure classes and errors say themselves. */
export type Catalog = DomainWords & Screens;
