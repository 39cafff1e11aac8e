export { junit } from './junit.ts';
export { failuresOf, lastLine, summarize, type Report } from './summary.ts';
