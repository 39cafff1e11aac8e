export { spreadName } from './composed.ts';
export { findImages } from './find-images.ts';
export type { Finding, InnerDocument, Site } from './finding.ts';
export { judge, type Verdict } from './judge.ts';
export { isIdleDefinition } from './schema-defaults.ts';
export { decodeText } from './secret.ts';
