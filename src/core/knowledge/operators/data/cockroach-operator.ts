import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'crdb.cockroachlabs.com';

export const cockroachOperator: Operator = {
  name: 'cockroach-operator',
  title: 'CockroachDB Operator',
  versions: '>=2.12.0 <=2.18.3',
  sources: github(
    'cockroachdb/cockroach-operator@v2.18.3',
    'config/crd/bases/crdb.cockroachlabs.com_crdbclusters.yaml',
    'install/operator.yaml',
  ),
  controllers: [
    { kind: 'Deployment', names: ['cockroach-operator-manager'], namespaces: ['cockroach-operator-system'] },
  ],
  owns: [{ group, kinds: ['CrdbCluster'] }],
  images: [{ of: '**/cockroach', at: { field: '/spec/image/name', kind: 'CrdbCluster', group } }],
  reverts: 'always',
};
