export { withReleaseFacts } from './facts.ts';
