import { createHash } from 'node:crypto';
import type { JsonObject, RbacUse, RepairPlan } from '../../core/model/index.ts';
import { permissionsFor } from '../repair/index.ts';
import { accountOf, rolesFor } from './roles.ts';
import { rightsFor } from './uses.ts';

/** For what, where and for whom roles are made. */
export type RbacOptions = {
  readonly uses: readonly RbacUse[];
  /** Its steps alone; what makes plans reads more. */
  readonly plan?: RepairPlan;
  /** The one namespace that it is for; absent: all. */
  readonly namespace?: string;
  /** As the API server calls it: a user, or `system:serviceaccount:NAMESPACE:NAME`. */
  readonly subject: string;
};

/** Manifests of the roles that commands and plans need, with their bindings. Asks no cluster. */
export function rbacFor({ uses: wanted, plan, namespace, subject }: RbacOptions): readonly JsonObject[] {
  const rights = [
    ...wanted.flatMap((use) => rightsFor(use, namespace)),
    ...(plan === undefined ? [] : permissionsFor(plan)),
  ];
  // A name of its own for each subject and place: roles and bindings of others stay as they are.
  const whose = createHash('sha256')
    .update(JSON.stringify([subject, namespace]))
    .digest('hex')
    .slice(0, 6);
  const name = ['pullmend', ...wanted, ...(plan === undefined ? [] : [plan.metadata.name]), whose].join('-');
  const account = accountOf(subject);
  return [...(account === undefined ? [] : [account]), ...rolesFor(rights, { name, subject })];
}
