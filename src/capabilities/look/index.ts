export { lookAt } from './look-at.ts';
