/**
 * `npm run -s pullmend -- ARGS…`: the command from this checkout as it stands, in the caller's folder. Runs the
 * bundle, rebuilt only when a source has changed: it starts in a third of the time that the sources take.
 */
import { join } from 'node:path';
import { buildIfNeeded } from './build/index.ts';

await buildIfNeeded();

const command = join(import.meta.dirname, '..', 'bin', 'pullmend.cjs');
// npm runs scripts in the folder of package.json and leaves the caller's folder here.
if (process.env['npm_lifecycle_event'] === 'pullmend') process.chdir(process.env['INIT_CWD'] ?? '.');
process.argv.splice(1, 1, command);
await import(command);
