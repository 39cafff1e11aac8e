import type { ClassInfo } from './class-info.ts';

export const nodeClasses = {
  'disk-full': {
    group: 'node',
    move: 'node',
    mirrorHelps: 'no',
    fromEndpoint: false,
    anyName: true,
    text: {
      en: {
        meaning: "the node's disk has no bytes or inodes left for the image",
        works: [
          'remove unused images (what is removed must be pulled again)',
          'grow the disk',
          'tune image garbage collection',
        ],
        useless: ['a mirror', 'waiting'],
        mirror: 'no',
      },
      zh: {
        meaning: '节点磁盘空间或 inode 不足，放不下镜像',
        works: ['清理不用的镜像（删除后需重新拉取）', '扩容磁盘', '调整镜像垃圾回收阈值'],
        useless: ['换镜像站', '等待重试'],
        mirror: '无用',
      },
    },
    remedies: ['free-disk', 'grow-disk', 'tune-image-gc'],
    do: ['df -h /var/lib /var/tmp; df -i /var/lib; crictl images'],
  },
  'node-runtime': {
    group: 'node',
    move: 'node',
    mirrorHelps: 'no',
    fromEndpoint: false,
    anyName: true,
    text: {
      en: {
        meaning: "the node's container runtime or image store is broken",
        works: [
          'restart the runtime',
          'remove the damaged image or snapshot',
          'a supported file system',
          'drain and rebuild the node',
        ],
        useless: ['a mirror', 'a pull secret'],
        mirror: 'no',
      },
      zh: {
        meaning: '节点的容器运行时或镜像存储损坏',
        works: ['重启容器运行时', '删除损坏的镜像或快照', '使用受支持的文件系统', '排空并重建节点'],
        useless: ['换镜像站', '配置拉取密钥'],
        mirror: '无用',
      },
    },
    remedies: ['restart-runtime', 'remove-damaged-image', 'rebuild-node'],
    do: ['systemctl status containerd crio docker; crictl info'],
  },
  'never-pull-absent': {
    group: 'node',
    move: 'you',
    mirrorHelps: 'no',
    fromEndpoint: false,
    nothingToAsk: true,
    text: {
      en: {
        meaning: 'policy Never, and the node does not have the image',
        works: [
          'load it on every node, under exactly this name',
          'imagePullPolicy: IfNotPresent',
          'Kubernetes ≥ 1.33: this pod may lack the right to use it',
        ],
        useless: ['a pull secret', 'waiting'],
        mirror: 'no: nothing is pulled',
      },
      zh: {
        meaning: '拉取策略为 Never，而节点上没有该镜像',
        works: [
          '在每个节点上以完全相同的名称导入',
          'imagePullPolicy: IfNotPresent',
          'Kubernetes ≥ 1.33：该 Pod 可能无权使用它',
        ],
        useless: ['配置拉取密钥', '等待重试'],
        mirror: '无用：不会发起拉取',
      },
    },
    remedies: ['load-image', 'if-not-present'],
    do: ['ctr -n k8s.io images import IMAGE.tar', 'kind load docker-image {image}'],
  },
  'pull-stalled': {
    group: 'node',
    move: 'network',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'the pull began and hung, or was cancelled for no progress',
        works: [
          'wait: large images take long',
          'parallel pulls (serializeImagePulls: false)',
          'pre-pull',
          'raise image_pull_progress_timeout',
        ],
        useless: ['a pull secret', 'deleting the pod'],
        mirror: 'yes if the link is slow',
      },
      zh: {
        meaning: '拉取已开始但卡住，或因没有进展而被取消',
        works: [
          '等待：大镜像耗时长',
          '并行拉取（serializeImagePulls: false）',
          '预先拉取',
          '调大 image_pull_progress_timeout',
        ],
        useless: ['配置拉取密钥', '删除 Pod'],
        mirror: '链路慢时有用',
      },
    },
    remedies: ['wait', 'parallel-pulls', 'load-image', 'raise-progress-timeout', 'use-mirror'],
    do: ['crictl pull {image}'],
  },
  'sandbox-image': {
    group: 'node',
    move: 'node',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    text: {
      en: {
        meaning: "the runtime's pause image cannot be had; all pods of the node wait",
        works: [
          "set the pause image in the runtime's config",
          'load it on the node',
          'the remedy of the cause inside',
        ],
        useless: ['imagePullSecrets: the pause image never uses them', 'a change in the pod'],
        mirror: 'as for the cause inside, set on the node',
      },
      zh: {
        meaning: '运行时的 pause 镜像拉不到；该节点所有 Pod 都在等',
        works: ['在运行时配置中设置 pause 镜像', '在节点上导入该镜像', '按内层原因处理'],
        useless: ['imagePullSecrets：pause 镜像从不使用它', '修改 Pod'],
        mirror: '同内层原因，须在节点上配置',
      },
    },
    remedies: ['set-pause-image', 'load-image'],
    do: ['grep -rnE "sandbox|pause" /etc/containerd/config.toml /etc/crio/'],
  },
} as const satisfies Record<string, ClassInfo>;
