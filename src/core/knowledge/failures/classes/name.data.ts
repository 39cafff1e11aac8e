import type { ClassInfo } from './class-info.ts';

export const nameClasses = {
  'invalid-name': {
    group: 'name',
    move: 'you',
    mirrorHelps: 'no',
    fromEndpoint: false,
    nothingToAsk: true,
    text: {
      en: {
        meaning: 'the image name does not parse; no registry was asked',
        works: ['correct the name: no https://, lower case, no unfilled ${VAR}'],
        useless: ['waiting', 'a pull secret', 'a mirror'],
        mirror: 'no: there is no name to look for',
      },
      zh: {
        meaning: '镜像名格式不合法；还没有访问任何镜像仓库',
        works: ['改正镜像名：去掉 https://，用小写，填好未替换的 ${VAR}'],
        useless: ['等待重试', '配置拉取密钥', '换镜像站'],
        mirror: '无用：没有可查找的名字',
      },
    },
    remedies: ['fix-image-name'],
    do: [],
  },
  'short-name': {
    group: 'name',
    move: 'you',
    mirrorHelps: 'no',
    fromEndpoint: false,
    nothingToAsk: true,
    text: {
      en: {
        meaning: 'the name has no registry and the node may not guess one',
        works: [
          'write the full name, e.g. docker.io/library/nginx',
          'set one unqualified-search registry on the nodes',
        ],
        useless: ['waiting', 'a pull secret'],
        mirror: 'no, until the name is qualified',
      },
      zh: {
        meaning: '镜像名没有写镜像仓库，节点也不允许自行猜测',
        works: [
          '写完整名称，例如 docker.io/library/nginx',
          '在节点上只配置一个 unqualified-search-registries',
        ],
        useless: ['等待重试', '配置拉取密钥'],
        mirror: '无用，先补全镜像名',
      },
    },
    remedies: ['qualify-image-name', 'set-search-registry'],
    do: ['grep -rn unqualified-search-registries /etc/containers/'],
  },
  'not-found': {
    group: 'name',
    move: 'you',
    mirrorHelps: 'no',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'the registry answers: tag, digest or repository is absent',
        works: [
          'correct the tag',
          'find where the image moved (bitnami, k8s.gcr.io, gcr.io)',
          'with mirrors on the node: ask each endpoint',
        ],
        useless: ['a pull secret', 'waiting'],
        mirror: 'no, unless one kept the old tag: verify the digest',
      },
      zh: {
        meaning: '镜像仓库有应答：标签、摘要或仓库不存在',
        works: [
          '改正标签',
          '查找镜像的新地址（bitnami、k8s.gcr.io、gcr.io 已迁移）',
          '节点配置了镜像站时，逐个检查每个端点',
        ],
        useless: ['配置拉取密钥', '等待重试'],
        mirror: '无用，除非镜像站留有旧标签：须核对摘要',
      },
    },
    remedies: ['fix-tag', 'fix-image-name', 'follow-moved-image'],
    do: ['{program} find {image}'],
  },
  'platform-mismatch': {
    group: 'name',
    move: 'image-owner',
    mirrorHelps: 'no',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'the image has nothing for the OS or CPU of this node',
        works: [
          'a tag that has this platform',
          'nodeSelector kubernetes.io/arch',
          'Windows: the tag of the host build (ltsc)',
        ],
        useless: ['waiting', 'a pull secret'],
        mirror: 'no; a mirror that copied one platform only causes it',
      },
      zh: {
        meaning: '镜像没有适合该节点操作系统或 CPU 架构的版本',
        works: [
          '换用包含该平台的标签',
          '用 nodeSelector kubernetes.io/arch 调度',
          'Windows：使用与主机版本一致的标签（ltsc）',
        ],
        useless: ['等待重试', '配置拉取密钥'],
        mirror: '无用；只同步了单一架构的镜像站正是原因',
      },
    },
    remedies: ['use-matching-platform', 'select-node-platform'],
    do: ['kubectl get node {node} -o jsonpath={.status.nodeInfo.architecture}'],
  },
  'unsupported-manifest': {
    group: 'name',
    move: 'image-owner',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'the runtime refuses the format of the manifest or a layer',
        works: [
          'push the image again in OCI or Docker schema 2 format',
          'a newer runtime (zstd layers)',
          'check that it is an image and no chart or plug-in',
        ],
        useless: ['waiting', 'a pull secret'],
        mirror: 'only one that holds a converted copy (another digest)',
      },
      zh: {
        meaning: '容器运行时不接受该清单或镜像层的格式',
        works: [
          '以 OCI 或 Docker schema 2 格式重新推送',
          '升级运行时（zstd 压缩层）',
          '确认它是镜像，而不是 Helm chart 或插件',
        ],
        useless: ['等待重试', '配置拉取密钥'],
        mirror: '仅当镜像站存有转换后的副本（摘要不同）',
      },
    },
    remedies: ['rebuild-image', 'upgrade-runtime'],
    do: ['skopeo copy --all --format oci docker://{image} docker://REGISTRY/NAME:TAG'],
  },
} as const satisfies Record<string, ClassInfo>;
