import { languages } from '../../src/core/base/index.ts';
import { renderClassReference } from '../../src/core/knowledge/failures/index.ts';
import { referencePage, type Page } from './page.ts';

/** The reference of failure classes in every language. */
export function failureClassPages(): readonly Page[] {
  return languages.map((lang) => referencePage(lang, 'failure-classes', [renderClassReference(lang).trim()]));
}
