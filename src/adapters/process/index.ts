export { ChildLimitError, runChild, type ChildCommand, type ChildResult } from './run-child.ts';
