import { fileURLToPath } from 'node:url';
import { loadFolder, type Scenario } from '../file/index.ts';

export { play } from './play.ts';

/** The scenario that `lab demo` plays. */
export function demoScenario(): Scenario {
  const [scenario] = loadFolder(fileURLToPath(new URL('.', import.meta.url)));
  if (scenario === undefined) throw new Error('the demo has no scenario');
  return scenario;
}
