import { describe, expect, test } from 'vitest';
import { patchStep, planOf } from '../../../test/support/repair-shop.ts';
import { rbacUses, type JsonObject } from '../../core/model/index.ts';
import { permissionsFor } from '../repair/index.ts';
import { rbacFor } from './index.ts';

type Rule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
};

function rulesIn(objects: readonly JsonObject[], namespace?: string): readonly Rule[] {
  return objects.flatMap((object) => {
    const { namespace: own } = object['metadata'] as { namespace?: string };
    return own === namespace && Array.isArray(object['rules']) ? (object['rules'] as unknown as Rule[]) : [];
  });
}

function allows(rules: readonly Rule[], verb: string, resource: string): boolean {
  const [plural = '', ...group] = resource.split('.');
  return rules.some(
    (rule) =>
      rule.verbs.includes(verb) &&
      rule.resources.includes(plural) &&
      rule.apiGroups.includes(group.join('.')),
  );
}

describe('the roles', () => {
  test('of a plan allow every right that carrying it out asks for, and none besides', () => {
    const plan = planOf([patchStep()]);
    const objects = rbacFor({ uses: [], plan, subject: 'ann' });
    const needed = permissionsFor(plan);
    for (const { verb, resource, namespace } of needed) {
      expect([verb, resource, allows(rulesIn(objects, namespace), verb, resource)]).toEqual([
        verb,
        resource,
        true,
      ]);
    }
    const given = objects.flatMap((object) =>
      rulesIn([object], (object['metadata'] as { namespace?: string }).namespace),
    );
    const count = given.reduce((sum, { resources, verbs }) => sum + resources.length * verbs.length, 0);
    expect(count).toBe(
      new Set(needed.map(({ verb, resource, namespace }) => `${verb} ${resource} ${namespace}`)).size,
    );
  });

  test('of fix in one namespace read no secret, and nothing of workloads elsewhere', () => {
    const objects = rbacFor({ uses: ['fix'], namespace: 'shop', subject: 'ann' });
    expect(allows(rulesIn(objects, 'shop'), 'patch', 'deployments.apps')).toBe(true);
    expect(allows(rulesIn(objects, 'shop'), 'create', 'configmaps')).toBe(true);
    expect(objects.some((object) => JSON.stringify(object).includes('"secrets"'))).toBe(false);
    expect(allows(rulesIn(objects), 'patch', 'deployments.apps')).toBe(false);
    expect(allows(rulesIn(objects), 'list', 'nodes')).toBe(true);
  });

  test('of helm keep revisions and read what charts bring', () => {
    const rules = rulesIn(rbacFor({ uses: ['helm'], namespace: 'shop', subject: 'ann' }), 'shop');
    const wanted = [
      'create secrets',
      'update secrets',
      'get services',
      'patch statefulsets.apps',
      'list pods',
    ];
    for (const [verb = '', resource = ''] of wanted.map((one) => one.split(' ')))
      expect([verb, resource, allows(rules, verb, resource)]).toEqual([verb, resource, true]);
    expect(allows(rules, 'delete', 'secrets')).toBe(false);
    expect(allows(rules, 'patch', 'roles.rbac.authorization.k8s.io')).toBe(false);
  });

  test('of two people, and of two namespaces, have names of their own', () => {
    const namesOf = (namespace: string, subject: string) =>
      rbacFor({ uses: ['fix'], namespace, subject }).map(
        ({ metadata }) => (metadata as { name: string }).name,
      );
    const [ann, bob, other] = [namesOf('shop', 'ann'), namesOf('shop', 'bob'), namesOf('bank', 'ann')];
    expect(new Set([...ann, ...bob, ...other]).size).toBe(3);
    expect(namesOf('shop', 'ann')).toEqual(ann);
  });

  test.each(rbacUses)('of %s are bound to who gets them', (use) => {
    const objects = rbacFor({ uses: [use], namespace: 'shop', subject: 'system:serviceaccount:shop:bot' });
    expect(objects[0]).toMatchObject({
      kind: 'ServiceAccount',
      metadata: { namespace: 'shop', name: 'bot' },
    });
    const roles = objects.filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole');
    const bindings = objects.filter(({ kind }) => String(kind).endsWith('Binding'));
    expect(bindings).toHaveLength(roles.length);
    for (const binding of bindings) {
      expect(binding).toMatchObject({
        subjects: [{ kind: 'ServiceAccount', name: 'bot', namespace: 'shop' }],
      });
    }
    expect(JSON.stringify(objects)).not.toContain('"*"');
  });
});

test('the role for nodes allows what giving them an image takes, its record too', () => {
  const objects = rbacFor({ uses: ['nodes'], subject: 'ann' });
  const step = { id: 's1', object: { apiVersion: 'v1', kind: 'Node', name: 'node1' }, needs: [], expect: [] };
  const plan = planOf([
    { ...step, kind: 'node-load', source: 'a/b', names: ['a/b'], digest: 'sha256:0', nodes: [] },
  ]);
  for (const { verb, resource, namespace } of permissionsFor(plan))
    expect([verb, resource, allows(rulesIn(objects, namespace), verb, resource)]).toEqual([
      verb,
      resource,
      true,
    ]);
  expect(allows(rulesIn(objects, 'kube-system'), 'list', 'events')).toBe(true);
});
