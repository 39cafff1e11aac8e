import { cli } from './en/cli.ts';
import { explain } from './en/explain.ts';
import { copy } from './en/copy.ts';
import { help } from './en/help.ts';
import { images } from './en/images.ts';
import { plan } from './en/plan.ts';
import { problems } from './en/problems.ts';
import { registry } from './en/registry.ts';
import { report } from './en/report.ts';
import { run } from './en/run.ts';
import { unmended } from './en/unmended.ts';
import { words } from './en/words.ts';

/** English sets the shape of the catalogue. */
export const en = {
  images,
  words,
  cli,
  explain,
  report,
  help,
  problems,
  plan,
  unmended,
  run,
  registry,
  copy,
} as const;
