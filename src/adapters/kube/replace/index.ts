export { presenceOf, waitUntilGone, type Presence } from './presence.ts';
export { asReplaced, replaceObject, type ReplaceResult } from './replace-object.ts';
export { createSurely } from './sure-writes.ts';
export { tryReplace, type Replacement, type Trial, type Untried } from './try-replace.ts';
