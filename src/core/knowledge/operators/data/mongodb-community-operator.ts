import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const mongodbCommunityOperator: Operator = {
  name: 'mongodb-community-operator',
  title: 'MongoDB Community Operator',
  versions: '>=0.8.0 <=0.13.0',
  sources: github(
    'mongodb/mongodb-kubernetes-operator@v0.13.0',
    'controllers/construct/mongodbstatefulset.go',
    'config/manager/manager.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['mongodb-kubernetes-operator'] }],
  owns: [{ group: 'mongodbcommunity.mongodb.com', kinds: ['MongoDBCommunity'] }],
  images: [
    {
      of: 'quay.io/mongodb/mongodb-community-server',
      container: 'mongod',
      at: { env: 'MONGODB_REPO_URL', part: 'prefix' },
    },
    {
      of: 'quay.io/mongodb/mongodb-community-server',
      container: 'mongod',
      at: { env: 'MONGODB_IMAGE', part: 'name' },
    },
    { of: 'quay.io/mongodb/mongodb-agent*', container: 'mongodb-agent', at: { env: 'AGENT_IMAGE' } },
    {
      of: 'quay.io/mongodb/mongodb-kubernetes-operator-version-upgrade-post-start-hook',
      at: { env: 'VERSION_UPGRADE_HOOK_IMAGE' },
    },
    { of: 'quay.io/mongodb/mongodb-kubernetes-readinessprobe', at: { env: 'READINESS_PROBE_IMAGE' } },
  ],
  reverts: 'always',
};
