import { cli } from './en/cli.ts';
import { discover } from './en/discover.ts';
import { explain } from './en/explain.ts';
import { bundle } from './en/bundle.ts';
import { copy } from './en/copy.ts';
import { harbor } from './en/harbor.ts';
import { help } from './en/help.ts';
import { images } from './en/images.ts';
import { plan } from './en/plan.ts';
import { preflight } from './en/preflight.ts';
import { problems } from './en/problems.ts';
import { reach } from './en/reach.ts';
import { registry } from './en/registry.ts';
import { report } from './en/report.ts';
import { requests } from './en/requests.ts';
import { rewrite } from './en/rewrite.ts';
import { run } from './en/run.ts';
import { snapshot } from './en/snapshot.ts';
import { unmended } from './en/unmended.ts';
import { watch } from './en/watch.ts';
import { words } from './en/words.ts';

/** English sets the shape of the catalogue. */
export const en = {
  images,
  words,
  cli,
  discover,
  explain,
  report,
  harbor,
  help,
  preflight,
  problems,
  plan,
  unmended,
  snapshot,
  watch,
  run,
  requests,
  rewrite,
  reach,
  registry,
  bundle,
  copy,
} as const;
