export { spreadName } from './spread-name.ts';
export { findImages, findInSettings } from './find-images.ts';
export type { Finding, Findings, InnerDocument, Site } from './finding.ts';
export { openName } from './open-name.ts';
export { judge, type Verdict } from './judge.ts';
export { isIdleDefinition } from './schema-defaults.ts';
export { decodeText } from './secret.ts';
