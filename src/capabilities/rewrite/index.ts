export { inTurn } from './in-turn.ts';
export { postRender } from './post-render.ts';
export {
  patchesOf,
  plannedRewrite,
  refuseOverSource,
  rewrite,
  writeInPlace,
  type RewriteOptions,
  type RewriteResult,
} from './rewrite.ts';
