import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenarioJsonSchema } from '../runner/file/index.ts';

/** Writes `scenario.schema.json` anew: `node lab/schema/write.ts`. A test fails when it has drifted. */
const FILE = fileURLToPath(new URL('scenario.schema.json', import.meta.url));
writeFileSync(FILE, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
