import type { Catalog } from '../catalog.ts';

export const registry = {
  labels: { origin: '源站', copy: '副本' },
  looking: (image) => `正在询问各镜像仓库: ${image}`,
  noUsable: '没有可用的副本',
  usable: '可用',
  notUsable: '不可用',
  comparedWith: {
    pinned: '名字里的 digest',
    origin: '源站',
    'running-pod': '运行过它的 Pod',
    'other-mirror': '其他镜像站',
  },
  sameAs: (what) => `digest 与${what}一致`,
  differsFrom: (what) => `digest 与${what}不同`,
  unverified: '未核实: 没有可比对的 digest',
  columns: { name: '名称', at: '地址', scheme: '命名规则', match: '适用', result: '结果' },
  everything: '全部',
  checking: '正在询问镜像站',
  check: {
    works: '可用',
    answers: '有应答, 但没有可供核对的镜像',
    fails: '不可用',
  },
} as const satisfies Catalog['registry'];
