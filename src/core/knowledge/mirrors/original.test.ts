import { expect, test } from 'vitest';
import { formatReference, parseReference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { originalOf, publicOriginal } from './original.ts';

test.each([
  ['docker.m.daocloud.io/library/nginx:1.25', 'docker.io/library/nginx:1.25'],
  ['m.daocloud.io/docker.io/library/nginx:1.25', 'docker.io/library/nginx:1.25'],
  ['k8s-gcr.m.daocloud.io/pause:3.9', 'registry.k8s.io/pause:3.9'],
  ['ghcr.nju.edu.cn/dexidp/dex:v2.38', 'ghcr.io/dexidp/dex:v2.38'],
  ['k8s.mirror.nju.edu.cn/pause:3.9', 'registry.k8s.io/pause:3.9'],
  ['quay.mirrors.ustc.edu.cn/coreos/etcd:v3.5', 'quay.io/coreos/etcd:v3.5'],
  ['hub-mirror.c.163.com/library/redis:7', 'docker.io/library/redis:7'],
  ['x1y2z3.mirror.aliyuncs.com/library/redis:7', 'docker.io/library/redis:7'],
  ['mirror.gcr.io/library/busybox:1', 'docker.io/library/busybox:1'],
  ['registry.aliyuncs.com/google_containers/pause:3.9', 'registry.k8s.io/pause:3.9'],
  [
    'registry.cn-hangzhou.aliyuncs.com/google_containers/coredns:v1.11.1',
    'registry.k8s.io/coredns/coredns:v1.11.1',
  ],
  [
    'registry.cn-beijing.aliyuncs.com/kubesphereio/provisioner-localpv:3.3.0',
    'docker.io/openebs/provisioner-localpv:3.3.0',
  ],
  ['registry.cn-beijing.aliyuncs.com/kubesphereio/node:v3.27', 'docker.io/calico/node:v3.27'],
  ['swr.cn-north-4.myhuaweicloud.com/ddn-k8s/docker.io/grafana/loki:3', 'docker.io/grafana/loki:3'],
  ['localhost:7439/quay.io/a/b@sha256:' + 'a'.repeat(64), 'quay.io/a/b@sha256:' + 'a'.repeat(64)],
])('%s is certainly %s', (name, original) => {
  const found = publicOriginal(parseReference(name));
  expect([found && formatReference(found.original), found?.certainty]).toEqual([original, 'certain']);
});

test.each([
  ['harbor.corp/dockerhub-proxy/library/nginx:1', 'docker.io/library/nginx:1'],
  ['harbor.corp/docker-hub/grafana/loki:3', 'docker.io/grafana/loki:3'],
  ['harbor.corp/proxy/library/nginx:1', 'docker.io/library/nginx:1'],
  ['harbor.corp/quay-proxy/coreos/etcd:1', 'quay.io/coreos/etcd:1'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/redis:7', 'docker.io/library/redis:7'],
  ['public.ecr.aws/docker/library/redis:7', 'docker.io/library/redis:7'],
  ['gcr.io/google_containers/pause:3.1', 'registry.k8s.io/pause:3.1'],
  ['acme.jfrog.io/docker-remote/nginx:1', 'docker.io/library/nginx:1'],
])('%s is likely %s', (name, original) => {
  const found = publicOriginal(parseReference(name));
  expect([found && formatReference(found.original), found?.certainty]).toEqual([original, 'likely']);
});

test.each([
  'nginx:1',
  'quay.io/prometheus/node-exporter:v1',
  'gcr.io/distroless/static:latest',
  'harbor.corp/shop/web:1',
  'harbor.corp/library/web:1',
  'harbor.corp/library/nginx:1',
  'docker.io/quay/quay:1',
  'registry.cn-beijing.aliyuncs.com/kubesphereio/opensearch-curator:v0.0.5',
])('%s stands for itself', (name) => {
  expect(publicOriginal(parseReference(name))).toBeUndefined();
});

test('a mirror of the configuration knows its own names best', () => {
  const mirror: Mirror = {
    name: 'proxy',
    match: ['quay.io/**'],
    scheme: 'harbor-proxy',
    at: 'harbor.corp/proxy',
    writable: false,
    credentials: { from: 'anonymous' },
    nodesHaveCredentials: false,
    plainHttp: false,
  };
  const found = originalOf(parseReference('harbor.corp/proxy/library/nginx:1'), [mirror]);
  expect(found && formatReference(found.original)).toBe('quay.io/library/nginx:1');
});
