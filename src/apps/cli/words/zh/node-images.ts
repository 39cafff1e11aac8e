import { domainWords } from '../../../../core/i18n/index.ts';
import type { Catalog } from '../catalog.ts';

export const nodeImages = {
  total: (images, bytes) => `${domainWords('zh').words.images(images)} · ${bytes}`,
  states: { running: '运行中', created: '已创建', paused: '已暂停', exited: '已结束', unknown: '未知' },
  noContainer: '没有容器',
  askRemove: (name, nodes) => `从 ${nodes} 去掉 ${name}？[y]是 [n]否`,
  removal: {
    given: '有此名字，由一次运行给出，没有被使用',
    removed: '已去掉',
    absent: '没有这个名字',
    'not-ours': '有此名字，但不是运行给出的：不改动',
    'in-use': '正在运行的容器使用它：不改动',
  },
  pinned: '已固定',
  missing: (images) => `其 Pod 缺少：${domainWords('zh').words.images(images)}`,
  nothingMissing: '其 Pod 引用的镜像都有',
} as const satisfies Catalog['nodeImages'];
