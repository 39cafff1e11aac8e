export type { UndoDeps } from './deps.ts';
export { undo, undoReceipts } from './undo.ts';
