import type { Catalog } from '../catalog.ts';

export const problems = {
  labels: {
    why: '原因',
    also: '另有',
    from: '来自',
    waits: '等待',
    says: '原文',
    have: '副本',
    copy: '复制',
    fix: '修复',
    you: '请你',
    try: '可试',
  },
  cluster: (name) => `集群 ${name}`,
  mirrors: (names) => `镜像站 ${names}`,
  noMirrors: '未配置镜像站',
  reading: '正在读取 Pod 和事件',
  readingFiles: '正在读取文件',
  allWell: '所有镜像都能拉到，无需修复',
  keepPods: (images, _one, pods) => `${images}拉取失败，${pods} 无法启动`,
  named: (images, files) => `${files}中有${images}拉不到`,
  withoutImage: '正在等待，背后没有找到拉取失败的镜像',
  findings: {
    installerLog: (pod, image, meaning) => `${pod} 的日志说 ${image} 拉不到：${meaning}`,
    titles: {
      'no-default-storage-class': (names) =>
        `没有默认的 StorageClass，而有 PVC 在等它${names === '' ? '' : `（现有：${names}）`}`,
      'several-default-storage-classes': (names) => `有多个默认的 StorageClass: ${names}`,
    },
    advice: {
      'no-default-storage-class':
        '把一个 StorageClass 设为默认，或安装自带 StorageClass 的存储供应者；等待中的 Pod 会在五分钟内重试',
      'several-default-storage-classes':
        '只保留一个：Kubernetes 1.26 起取最新的（列在最前），更早的版本会拒绝没有指定 StorageClass 的 PVC',
    },
  },
  onNode: (node) => `节点 ${node}`,
  onNodes: (nodes) => `涉及 ${nodes}`,
  onAllNodes: (nodes) => `全部 ${nodes}`,
  forTime: (time) => `已持续 ${time}`,
  likely: '可能',
  asking: (done, total, image) => `正在询问镜像仓库 ${done}/${total} ${image}`,
  identity: {
    same: 'digest 一致',
    different: 'digest 不同！',
    unverified: 'digest 未核实',
  },
  lacks: (platforms) => `缺少 ${platforms}`,
  mirrorUseless: '这种情况换镜像站没有用',
  noCopy: '没有镜像站有副本',
  outcome: {
    works: '可用',
    absent: '没有这个镜像',
    unauthorized: '需要凭据',
    forbidden: '拒绝访问',
    'rate-limited': '限流，请稍后再试',
    'not-a-registry': '返回的不是镜像仓库的内容',
    'platform-missing': '缺少节点需要的平台',
    'digest-mismatch': '同名但内容不同',
    unreachable: '从本机连不上',
    'server-error': '服务端错误',
    tls: '证书不受信任',
  },
} as const satisfies Catalog['problems'];
