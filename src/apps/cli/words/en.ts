import { bundle } from './en/bundle.ts';
import { cli } from './en/cli.ts';
import { copy } from './en/copy.ts';
import { discover } from './en/discover.ts';
import { explain } from './en/explain.ts';
import { gitops } from './en/gitops.ts';
import { harbor } from './en/harbor.ts';
import { help } from './en/help.ts';
import { images } from './en/images.ts';
import { knowledge } from './en/knowledge.ts';
import { logins } from './en/logins.ts';
import { nodeImages } from './en/node-images.ts';
import { nodeConfig } from './en/node-config.ts';
import { nodeLoad } from './en/node-load.ts';
import { owner } from './en/owner.ts';
import { plan } from './en/plan.ts';
import { preflight } from './en/preflight.ts';
import { prevent } from './en/prevent.ts';
import { problems } from './en/problems.ts';
import { rbac } from './en/rbac.ts';
import { reach } from './en/reach.ts';
import { registry } from './en/registry.ts';
import { report } from './en/report.ts';
import { requests } from './en/requests.ts';
import { rewrite } from './en/rewrite.ts';
import { run } from './en/run.ts';
import { snapshot } from './en/snapshot.ts';
import { wayIn } from './en/way-in.ts';
import { watch } from './en/watch.ts';
import { whence } from './en/whence.ts';

/** Flags' help and screens; English sets the shape of the catalogue. */
export const en = {
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
} as const;
