import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'helm.cattle.io';

export const helmControllerK3s: Operator = {
  name: 'helm-controller-k3s',
  title: 'Helm Controller (k3s)',
  versions: '0.17.7',
  sources: github(
    'k3s-io/helm-controller@v0.17.7',
    'pkg/controllers/chart/chart.go',
    'pkg/app/app.go',
    'pkg/crds/yaml/generated/helm.cattle.io_helmcharts.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['helm-controller'], namespaces: ['kube-system'], only: true }],
  owns: [{ group, kinds: ['HelmChart', 'HelmChartConfig'] }],
  images: [
    {
      of: 'docker.io/rancher/klipper-helm',
      container: 'helm',
      at: { field: '/spec/jobImage', kind: 'HelmChart', group },
    },
    { of: 'docker.io/rancher/klipper-helm', container: 'helm', at: { env: 'DEFAULT_JOB_IMAGE' } },
  ],
  reverts: 'on-change',
};
