import type { Catalog } from './catalog.ts';
import { cli } from './zh/cli.ts';
import { help } from './zh/help.ts';
import { plan } from './zh/plan.ts';
import { problems } from './zh/problems.ts';
import { registry } from './zh/registry.ts';
import { run } from './zh/run.ts';
import { unmended } from './zh/unmended.ts';
import { words } from './zh/words.ts';

export const zh = {
  words,
  cli,
  help,
  problems,
  plan,
  unmended,
  run,
  registry,
} as const satisfies Catalog;
