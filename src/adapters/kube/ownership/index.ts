export { managersOf, releaseFields, type Release } from './release-fields.ts';
