export { changedLines } from './changed-lines.ts';
export { configDraft } from './draft.ts';
export { settingsFor } from './settings.ts';
export type * from './types.ts';
