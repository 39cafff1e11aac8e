import type { ObjectRef } from './api.ts';

export const selectionFields = ['image', 'namespace', 'kind'] as const;
export type SelectionField = (typeof selectionFields)[number];

/** What a plan is about: what a person wrote for `--only`. */
export type Selection = {
  readonly field: SelectionField;
  /** `*` stands for any text, `?` for one letter; of a kind also `Kind/name`. */
  readonly pattern: string;
};

/** What is chosen or not: an image at one object. */
export type Selectable = { readonly image: string; readonly object: ObjectRef };

/** Reads `image=…`, `namespace=…` or `kind=…`; `undefined` for anything else. */
export function parseSelection(text: string): Selection | undefined {
  const [, field, pattern] = /^(\w+)=(\S+)$/.exec(text) ?? [];
  const known = selectionFields.find((one) => one === field);
  return known === undefined || pattern === undefined ? undefined : { field: known, pattern };
}
