import type { RequestService } from './service.ts';

const porterTerms = {
  en: 'One image a request. The name in its answer can be another than the one that was pushed: pullmend looks under every name.',
  zh: '每个 issue 一个镜像。其回复中的名字可能与实际推送的不同，pullmend 会逐个核对可能的名字。',
} as const;

/** Facts of the services as their owners publish them. */
export const services: readonly RequestService[] = [
  {
    name: 'linuxba',
    repository: 'linuxba/mirror-images-to-harbor',
    title: '[PORTER]{short}',
    labels: ['porter'],
    namesVary: true,
    refusesDigest: true,
    terms: porterTerms,
    source: 'https://github.com/linuxba/mirror-images-to-harbor',
  },
  {
    name: 'daocloud',
    repository: 'DaoCloud/public-image-mirror',
    title: '{full}',
    labels: ['sync image'],
    template: 'sync-image.yml',
    terms: {
      en: 'Only images on its allow list. Cached for 30 days; tags may lag.',
      zh: '只接受白名单内的镜像。缓存 30 天，tag 可能滞后。',
    },
    source: 'https://github.com/DaoCloud/public-image-mirror',
  },
  {
    name: 'kubesre',
    repository: 'kubesre/docker-registry-mirrors',
    title: '{full}',
    labels: ['sync image'],
    template: 'sync-image.yml',
    terms: {
      en: '20 requests a minute for each address.',
      zh: '每个 IP 每分钟限 20 次请求。',
    },
    source: 'https://github.com/kubesre/docker-registry-mirrors',
  },
  {
    name: 'anjia0532',
    repository: 'anjia0532/gcr.io_mirror',
    title: '[PORTER]{full}',
    labels: ['porter'],
    hosts: ['gcr.io', 'k8s.gcr.io', 'registry.k8s.io', 'quay.io', 'ghcr.io', 'docker.io'],
    refusesDigest: true,
    terms: {
      en: 'One image a request; the digest of the copy is not the original’s.',
      zh: '每个 issue 一个镜像；副本的 digest 与原镜像不同。',
    },
    source: 'https://github.com/anjia0532/gcr.io_mirror',
  },
  {
    name: 'hub-mirror',
    title: 'hub-mirror',
    body: '{ "platform": "", "hub-mirror": ["{short}"] }',
    labels: ['hub-mirror'],
    refusesDigest: true,
    terms: {
      en: 'For your fork of togettoyou/hub-mirror: name it with --repo. At most 11 images a request.',
      zh: '用于你 fork 的 togettoyou/hub-mirror：用 --repo 指明。每次最多 11 个镜像。',
    },
    source: 'https://github.com/togettoyou/hub-mirror',
  },
  {
    name: 'pullmend',
    title: '[PULLMEND]{full}',
    labels: ['pullmend'],
    terms: {
      en: 'For a repository with the workflow of examples/mirror-service: name it with --repo.',
      zh: '用于部署了 examples/mirror-service 工作流的仓库：用 --repo 指明。',
    },
    source: 'examples/mirror-service/README.md',
  },
];
