export { rewriteKustomize } from './rewrite-kustomize.ts';
