import type { Catalog } from './catalog.ts';
import { cli } from './zh/cli.ts';
import { explain } from './zh/explain.ts';
import { copy } from './zh/copy.ts';
import { help } from './zh/help.ts';
import { images } from './zh/images.ts';
import { plan } from './zh/plan.ts';
import { problems } from './zh/problems.ts';
import { registry } from './zh/registry.ts';
import { report } from './zh/report.ts';
import { run } from './zh/run.ts';
import { unmended } from './zh/unmended.ts';
import { words } from './zh/words.ts';

export const zh = {
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
} as const satisfies Catalog;
