import type { Catalog } from '../catalog.ts';

export const registry = {
  labels: { origin: '源站', is: '原名', copy: '副本' },
  standsFor: {
    certain: (image) => `这个名字在镜像站上，对应 ${image}`,
    likely: (image) => `这个名字可能在镜像站上，对应 ${image}`,
  },
  looking: (image) => `正在询问各镜像仓库：${image}`,
  noUsable: '没有可用的副本',
  usable: '可用',
  notUsable: '不可用',
  comparedWith: {
    pinned: '名字里的 digest',
    origin: '源站',
    'known-digest': '给定的 digest',
    'running-pod': '运行过它的 Pod',
    'node-image': '节点上以它的名称保存的镜像',
    'other-mirror': '其他镜像站',
  },
  sameAs: (what) => `digest 与${what}一致`,
  differsFrom: (what) => `digest 与${what}不同`,
  unverified: '未核实：没有可比对的 digest',
  columns: { name: '名称', at: '地址', scheme: '命名规则', match: '适用', result: '结果' },
  everything: '全部',
  presets: {
    preset: '预设',
    what: '说明',
    howTo: (run) => `添加：${run}`,
    own: '用于自建的镜像仓库：需要 --at',
    terms: '条款',
    source: '来源',
    added: (names, file) => `已把 ${names} 加入 ${file}`,
    wouldAdd: (file) => `将写入 ${file}：`,
    next: (run) => `检查从本机是否可用：${run}`,
  },
  naming: {
    original: '原镜像',
    noMatch: '不提供：match 中没有匹配的规则',
    noName: '不提供：该命名规则没有对应的名字',
    own: '已在该镜像站上',
    collision: (mirror, name, originals) =>
      `${mirror} 会把多个镜像映射为同一个名字：${name} 对应 ${originals}`,
  },
  notes: {
    'allow-list': () => '只提供其维护者白名单内的镜像；所请求的不在其中',
    stale: (image) => `${image} 的副本与源站当前内容不同：已过时，或是另一个镜像`,
    'platforms-missing': (image, platforms) => `${image} 的副本缺少平台 ${platforms}`,
  },
  checking: '正在询问镜像站',
  check: {
    works: '可用',
    answers: '有应答，但没有可供核对的镜像',
    fails: '不可用',
  },
} as const satisfies Catalog['registry'];
