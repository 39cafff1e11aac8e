/** `npm run build [-- --force]`: src/ → dist/, skipped while dist/ is what the sources would give. */
import { buildIfNeeded } from './build/index.ts';

const started = performance.now();
const built = await buildIfNeeded({ force: process.argv.includes('--force') });
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.error(built ? `dist/ built in ${seconds} s` : 'dist/ is up to date');
