import { contentRules } from './content.data.ts';
import { indirectRules, noFailedPullRules } from './indirect.data.ts';
import { kubeletRules } from './kubelet.data.ts';
import { networkRules } from './network.data.ts';
import { inspectRules, nodeRules, unpackRules } from './node.data.ts';
import { reasonRules, registryRules } from './registry.data.ts';
import type { Rule } from './rule.ts';

export { matches, type Facts, type Rule } from './rule.ts';
export { indirectRules } from './indirect.data.ts';

/**
 * Rules for the text of a pull, in the order in which they are tried; the first match decides. What stopped the
 * pull before the network comes first, then content (its texts end in words like `not found` and `EOF`), then the
 * network from the outside in, then the registry's answers.
 */
export const pullRules: readonly Rule[] = [
  ...kubeletRules,
  ...nodeRules,
  ...contentRules,
  ...networkRules,
  ...unpackRules,
  ...registryRules,
  ...reasonRules,
  ...inspectRules,
];

/** What these recognise is understood, and is no pull: a decision of the API, a probe, a client without a server. */
export const noPullRules: readonly Rule[] = [
  ...indirectRules.filter((rule) => rule.class === 'unknown'),
  ...noFailedPullRules,
];

export const allRules: readonly Rule[] = [...indirectRules, ...pullRules, ...noFailedPullRules];
