/** What somebody may want to do, each with rights of its own. */
export const rbacUses = ['diagnose', 'fix', 'pull-secrets', 'helm', 'nodes', 'prevent'] as const;
export type RbacUse = (typeof rbacUses)[number];
