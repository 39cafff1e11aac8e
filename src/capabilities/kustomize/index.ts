export { rewriteKustomize, type KustomizeOptions } from './rewrite-kustomize.ts';
