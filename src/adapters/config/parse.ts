export { parseMirrorSet } from '../../core/knowledge/mirrors/index.ts';
