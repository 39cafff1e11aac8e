export { findFiles } from './find.ts';
export { makeFolder } from './make-folder.ts';
export { readTextFile } from './read.ts';
export { fileRecordStore } from './record-store.ts';
export { writeFileAtomic } from './write.ts';
export { openJournal } from './journal.ts';
export { readPacked } from './packed.ts';
