import { writeFileSync } from 'node:fs';

/** A process of its own that writes a text to a path: to the far end of a pipe. */
const [, , path = '', text = ''] = process.argv;
writeFileSync(path, text);
