export { undo, undoReceipts, type UndoDeps } from './undo.ts';
