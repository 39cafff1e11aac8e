import type { Screens } from './catalog.ts';
import { bundle } from './zh/bundle.ts';
import { cli } from './zh/cli.ts';
import { copy } from './zh/copy.ts';
import { discover } from './zh/discover.ts';
import { explain } from './zh/explain.ts';
import { gitops } from './zh/gitops.ts';
import { harbor } from './zh/harbor.ts';
import { help } from './zh/help.ts';
import { images } from './zh/images.ts';
import { knowledge } from './zh/knowledge.ts';
import { logins } from './zh/logins.ts';
import { nodeImages } from './zh/node-images.ts';
import { nodeConfig } from './zh/node-config.ts';
import { nodeLoad } from './zh/node-load.ts';
import { owner } from './zh/owner.ts';
import { plan } from './zh/plan.ts';
import { preflight } from './zh/preflight.ts';
import { prevent } from './zh/prevent.ts';
import { problems } from './zh/problems.ts';
import { rbac } from './zh/rbac.ts';
import { reach } from './zh/reach.ts';
import { registry } from './zh/registry.ts';
import { report } from './zh/report.ts';
import { requests } from './zh/requests.ts';
import { rewrite } from './zh/rewrite.ts';
import { run } from './zh/run.ts';
import { snapshot } from './zh/snapshot.ts';
import { wayIn } from './zh/way-in.ts';
import { watch } from './zh/watch.ts';
import { whence } from './zh/whence.ts';

export const zh = {
  bundle,
  cli,
  copy,
  discover,
  explain,
  gitops,
  harbor,
  help,
  images,
  knowledge,
  logins,
  nodeConfig,
  nodeImages,
  nodeLoad,
  owner,
  plan,
  preflight,
  prevent,
  problems,
  rbac,
  reach,
  registry,
  report,
  requests,
  rewrite,
  run,
  snapshot,
  wayIn,
  watch,
  whence,
} as const satisfies Screens;
