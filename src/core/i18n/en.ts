import { cli } from './en/cli.ts';
import { help } from './en/help.ts';
import { plan } from './en/plan.ts';
import { problems } from './en/problems.ts';
import { registry } from './en/registry.ts';
import { run } from './en/run.ts';
import { unmended } from './en/unmended.ts';
import { words } from './en/words.ts';

/** English sets the shape of the catalogue. */
export const en = { words, cli, help, problems, plan, unmended, run, registry } as const;
