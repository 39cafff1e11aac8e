import { openJournal, writeFileAtomic } from '../../src/adapters/files/index.ts';
import type { Disk } from '../../src/adapters/oci/index.ts';

/** How the product itself writes files. */
export const disk: Disk = { writeFile: writeFileAtomic, openJournal };
