import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const telegrafOperator: Operator = {
  name: 'telegraf-operator',
  title: 'Telegraf Operator',
  versions: '>=1.1.0 <=1.3.11',
  sources: github('influxdata/telegraf-operator@v1.3.11', 'main.go'),
  controllers: [{ kind: 'Deployment', names: ['telegraf-operator'], namespaces: ['telegraf-operator'] }],
  owns: [],
  images: [{ of: 'docker.io/library/telegraf', container: 'telegraf', at: { flag: '--telegraf-image' } }],
  reverts: 'never',
};
