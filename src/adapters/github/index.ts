export { openIssues, type Issue, type Issues } from './issues.ts';
