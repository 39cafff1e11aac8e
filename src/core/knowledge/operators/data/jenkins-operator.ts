import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'jenkins.io';

export const jenkinsOperator: Operator = {
  name: 'jenkins-operator',
  title: 'Jenkins Operator',
  versions: '>=0.7.0 <=0.8.1',
  sources: github(
    'jenkinsci/kubernetes-operator@v0.8.1',
    'pkg/constants/constants.go',
    'pkg/configuration/user/seedjobs/seedjobs.go',
    'config/crd/bases/jenkins.io_jenkins.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['jenkins-operator'] }],
  owns: [{ group, kinds: ['Jenkins'] }],
  images: [
    {
      of: 'docker.io/jenkins/jenkins',
      container: 'jenkins-master',
      at: { field: '/spec/master/containers/*/image', kind: 'Jenkins', group },
    },
    {
      of: 'docker.io/jenkins/inbound-agent',
      at: { field: '/spec/seedJobAgentImage', kind: 'Jenkins', group },
    },
  ],
  reverts: 'always',
};
