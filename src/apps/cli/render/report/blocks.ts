/** A part of a page, before it takes a form. All of it is plain text. */
export type Block =
  | { readonly is: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly string[] }
  | { readonly is: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly is: 'code'; readonly language: 'sh' | 'diff' | 'text'; readonly text: string };

/** `name`: of an image or an object, as it is written elsewhere. */
export type Cell = { readonly text: string; readonly name?: true };

export type Pages = {
  readonly title: string;
  readonly headline: string;
  readonly about: string;
  readonly blocks: readonly Block[];
  readonly made: string;
};
