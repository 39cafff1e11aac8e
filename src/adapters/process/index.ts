export { ChildLimitError, endChildren, runChild, type ChildCommand, type ChildResult } from './run-child.ts';
