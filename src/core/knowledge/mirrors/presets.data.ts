import type { Preset } from './preset.ts';

const daocloud = 'https://github.com/DaoCloud/public-image-mirror';
const kubesre = 'https://github.com/kubesre/docker-registry-mirrors';

const daocloudTerms = {
  en: 'Public and free; only images on its allow list, cached for 30 days, tags may lag: pin digests. Crowded except from 01:00 to 07:00 Beijing time.',
  zh: '公益免费；只提供白名单内的镜像，缓存 30 天，tag 可能滞后，建议使用 digest。北京时间 01:00–07:00 之外较拥挤。',
} as const;

const kubesreTerms = {
  en: 'Public and free; 20 requests a minute for each address.',
  zh: '公益免费；每个 IP 每分钟限 20 次请求。',
} as const;

/** Facts of the services as their owners publish them. */
export const presetData: readonly Preset[] = [
  {
    name: 'harbor',
    summary: {
      en: 'your Harbor: project proxy as a pull-through cache of Docker Hub, project library for pushed copies',
      zh: '自建 Harbor：proxy 项目作 Docker Hub 的代理缓存，library 项目存放推送的副本',
    },
    terms: {
      en: 'Set writable: true on the second mirror where pullmend may push copies.',
      zh: '如允许 pullmend 推送副本，请在第二个镜像站上设置 writable: true。',
    },
    source: 'https://goharbor.io/docs/main/administration/configure-proxy-cache/',
    mirrors: [
      { name: 'harbor-proxy', match: ['docker.io/**'], scheme: 'harbor-proxy', at: '{at}/proxy' },
      { name: 'harbor-library', scheme: 'harbor-library', at: '{at}/library' },
    ],
  },
  {
    name: 'daocloud',
    summary: { en: 'm.daocloud.io, the host before every name', zh: 'm.daocloud.io，在原名前加前缀' },
    terms: daocloudTerms,
    source: daocloud,
    mirrors: [
      { name: 'daocloud', scheme: 'prefix-host-path', at: 'm.daocloud.io', pullPolicy: 'IfNotPresent' },
    ],
  },
  {
    name: 'daocloud-hosts',
    summary: {
      en: 'DaoCloud with a host for each registry; its owner advises the preset daocloud',
      zh: 'DaoCloud 按仓库分主机；其维护者更推荐 daocloud 预设',
    },
    terms: daocloudTerms,
    source: daocloud,
    mirrors: [
      {
        name: 'daocloud-hosts',
        scheme: 'host-alias',
        aliases: {
          'docker.io': 'docker.m.daocloud.io',
          'gcr.io': 'gcr.m.daocloud.io',
          'ghcr.io': 'ghcr.m.daocloud.io',
          'k8s.gcr.io': 'k8s-gcr.m.daocloud.io',
          'registry.k8s.io': 'k8s.m.daocloud.io',
          'quay.io': 'quay.m.daocloud.io',
          'mcr.microsoft.com': 'mcr.m.daocloud.io',
          'nvcr.io': 'nvcr.m.daocloud.io',
          'docker.elastic.co': 'elastic.m.daocloud.io',
          'dhi.io': 'dhi.m.daocloud.io',
          'registry.ollama.ai': 'ollama.m.daocloud.io',
        },
        pullPolicy: 'IfNotPresent',
      },
    ],
  },
  {
    name: 'kubesre',
    summary: { en: 'kubesre.xyz, the host before every name', zh: 'kubesre.xyz，在原名前加前缀' },
    terms: kubesreTerms,
    source: kubesre,
    mirrors: [{ name: 'kubesre', scheme: 'prefix-host-path', at: 'kubesre.xyz', pullPolicy: 'IfNotPresent' }],
  },
  {
    name: 'kubesre-hosts',
    summary: { en: 'kubesre.xyz with a host for each registry', zh: 'kubesre.xyz，按仓库分主机' },
    terms: kubesreTerms,
    source: kubesre,
    mirrors: [
      {
        name: 'kubesre-hosts',
        scheme: 'host-alias',
        aliases: {
          'docker.io': 'dhub.kubesre.xyz',
          'k8s.gcr.io': 'k8s-gcr.kubesre.xyz',
          'registry.k8s.io': 'k8s.kubesre.xyz',
          'cr.l5d.io': 'l5d.kubesre.xyz',
          'docker.elastic.co': 'elastic.kubesre.xyz',
          'registry.jujucharms.com': 'jujucharms.kubesre.xyz',
          'gcr.io': 'gcr.kubesre.xyz',
          'ghcr.io': 'ghcr.kubesre.xyz',
          'quay.io': 'quay.kubesre.xyz',
        },
        pullPolicy: 'IfNotPresent',
      },
    ],
  },
  {
    name: 'cloudflare-worker',
    summary: {
      en: 'your cloudflare-docker-proxy worker: docker., quay., gcr., … below one domain',
      zh: '自建 cloudflare-docker-proxy：同一域名下的 docker.、quay.、gcr. 等主机',
    },
    terms: {
      en: 'The quota is that of your Cloudflare account; the upstream registries count its addresses.',
      zh: '受你的 Cloudflare 账号额度限制；上游仓库按其出口 IP 计数。',
    },
    source: 'https://github.com/ciiiii/cloudflare-docker-proxy',
    mirrors: [
      {
        name: 'cloudflare-worker',
        scheme: 'host-alias',
        aliases: {
          'docker.io': 'docker.{at}',
          'quay.io': 'quay.{at}',
          'gcr.io': 'gcr.{at}',
          'k8s.gcr.io': 'k8s-gcr.{at}',
          'registry.k8s.io': 'k8s.{at}',
          'ghcr.io': 'ghcr.{at}',
          'docker.cloudsmith.io': 'cloudsmith.{at}',
          'public.ecr.aws': 'ecr.{at}',
        },
      },
    ],
  },
  {
    name: 'linkos',
    summary: {
      en: 'linkos.org, the hosts of ketches/registry-proxy',
      zh: 'linkos.org，ketches/registry-proxy 的主机',
    },
    terms: { en: 'Public and free; no promise of availability.', zh: '公益免费；不承诺可用性。' },
    source: 'https://github.com/ketches/registry-proxy',
    mirrors: [
      {
        name: 'linkos',
        scheme: 'host-alias',
        aliases: {
          'docker.io': 'docker.linkos.org',
          'registry.k8s.io': 'k8s.linkos.org',
          'quay.io': 'quay.linkos.org',
          'ghcr.io': 'ghcr.linkos.org',
          'gcr.io': 'gcr.linkos.org',
          'k8s.gcr.io': 'k8s-gcr.linkos.org',
        },
        pullPolicy: 'IfNotPresent',
      },
    ],
  },
  {
    name: 'lank8s',
    summary: {
      en: 'lank8s.cn for registry.k8s.io, k8s.gcr.io and gcr.io',
      zh: 'lank8s.cn：registry.k8s.io、k8s.gcr.io 和 gcr.io',
    },
    terms: { en: 'Public and free; no promise of availability.', zh: '公益免费；不承诺可用性。' },
    source: 'https://github.com/liangyuanpeng/lank8s.cn',
    mirrors: [
      {
        name: 'lank8s',
        scheme: 'host-alias',
        aliases: {
          'registry.k8s.io': 'registry.lank8s.cn',
          'k8s.gcr.io': 'lank8s.cn',
          'gcr.io': 'gcr.lank8s.cn',
        },
        pullPolicy: 'IfNotPresent',
      },
    ],
  },
  {
    name: 'aliyun-google-containers',
    summary: {
      en: 'registry.aliyuncs.com/google_containers for the core images of registry.k8s.io',
      zh: 'registry.aliyuncs.com/google_containers：registry.k8s.io 的核心镜像',
    },
    terms: {
      en: 'Core images only, under the last part of their names; new versions come late.',
      zh: '只有核心镜像，取原名最后一段；新版本会滞后。',
    },
    source: 'https://github.com/AliyunContainerService/k8s-for-docker-desktop',
    mirrors: [
      {
        name: 'aliyun-google-containers',
        match: ['registry.k8s.io/**', 'k8s.gcr.io/**'],
        scheme: 'last-segment',
        at: 'registry.aliyuncs.com/google_containers',
      },
    ],
  },
  {
    name: 'kubesphereio',
    summary: {
      en: 'registry.cn-beijing.aliyuncs.com/kubesphereio, what KKZONE=cn uses',
      zh: 'registry.cn-beijing.aliyuncs.com/kubesphereio，即 KKZONE=cn 所用的仓库',
    },
    terms: {
      en: 'Only the images that KubeKey and KubeSphere install, under the last part of their names.',
      zh: '只有 KubeKey 和 KubeSphere 安装所需的镜像，取原名最后一段。',
    },
    source: 'https://github.com/kubesphere/kubekey',
    mirrors: [
      { name: 'kubesphereio', scheme: 'last-segment', at: 'registry.cn-beijing.aliyuncs.com/kubesphereio' },
    ],
  },
  {
    name: 'huawei-kubesphere',
    summary: {
      en: 'swr.cn-southwest-2.myhuaweicloud.com/ks for images of docker.io/kubesphere',
      zh: 'swr.cn-southwest-2.myhuaweicloud.com/ks：docker.io/kubesphere 的镜像',
    },
    terms: { en: 'Images of KubeSphere only.', zh: '只有 KubeSphere 的镜像。' },
    source: 'https://github.com/kubesphere/kubesphere/issues/6218',
    mirrors: [
      {
        name: 'huawei-kubesphere',
        match: ['docker.io/kubesphere/**'],
        scheme: 'drop-host',
        at: 'swr.cn-southwest-2.myhuaweicloud.com/ks',
      },
    ],
  },
  {
    name: 'anjia0532',
    summary: {
      en: 'docker.io/anjia0532, copies of gcr.io, registry.k8s.io, quay.io and ghcr.io',
      zh: 'docker.io/anjia0532：gcr.io、registry.k8s.io、quay.io 和 ghcr.io 的副本',
    },
    terms: {
      en: 'Copies are made on request by an issue; their digests are not those of the originals. They stand on Docker Hub, which must be reachable.',
      zh: '副本通过提交 issue 生成，digest 与原镜像不同；存放在 Docker Hub 上，需能访问 Docker Hub。',
    },
    source: 'https://github.com/anjia0532/gcr.io_mirror',
    mirrors: [
      {
        name: 'anjia0532',
        match: ['gcr.io/**', 'k8s.gcr.io/**', 'registry.k8s.io/**', 'quay.io/**', 'ghcr.io/**'],
        scheme: 'dots',
        at: 'docker.io/anjia0532',
        prefixes: {
          'gcr.io': '',
          'k8s.gcr.io': 'google-containers.',
          'registry.k8s.io': 'google-containers.',
          'quay.io': 'quay.',
          'ghcr.io': 'ghcr.',
        },
      },
    ],
  },
  {
    name: 'hub-mirror',
    summary: {
      en: 'copies made by your fork of togettoyou/hub-mirror',
      zh: '你 fork 的 togettoyou/hub-mirror 所生成的副本',
    },
    terms: {
      en: 'At most 11 images a request; a platform other than the default is added to the name.',
      zh: '每次最多 11 个镜像；指定平台时名字后会加上平台。',
    },
    source: 'https://github.com/togettoyou/hub-mirror',
    mirrors: [{ name: 'hub-mirror', scheme: 'dots', at: '{at}' }],
  },
  {
    name: 'docker-image-pusher',
    summary: {
      en: 'copies made by your fork of tech-shrimp/docker_image_pusher',
      zh: '你 fork 的 tech-shrimp/docker_image_pusher 所生成的副本',
    },
    terms: {
      en: 'Two images with the same last part get a prefix there that depends on the list: give such ones a mirror with scheme names. Copies in Alibaba Cloud are private by default.',
      zh: '同一列表内末段重名的镜像会加前缀，这类镜像请另配 names 规则；阿里云个人版副本默认私有。',
    },
    source: 'https://github.com/tech-shrimp/docker_image_pusher',
    mirrors: [{ name: 'docker-image-pusher', scheme: 'last-segment', at: '{at}' }],
  },
];
