import type { Catalog } from '../catalog.ts';

export const discover = {
  looking: '正在查看 Pod，节点和设置',
  confidence: { certain: '确定', likely: '很可能', unsure: '不确定' },
  preset: (name) => `预设 ${name}`,
  at: (scheme, place) => `${scheme}，位于 ${place}`,
  facts: { 'same-content': '内容相同', name: '名字吻合', configured: '设置', asked: '已询问' },
  isCopyOf: (mirrored, original) => `${mirrored} 即 ${original}`,
  answers: {
    same: (mirrored) => `${mirrored}：存在，digest 与原镜像一致`,
    there: (mirrored) => `${mirrored}：存在，没有可比对的 digest`,
    different: (mirrored) => `${mirrored}：存在，但 digest 与原镜像不同`,
    absent: (mirrored) => `${mirrored}：不存在`,
    'no-answer': (mirrored) => `${mirrored}：从本机得不到应答`,
  },
  more: (count) => `另有 ${count} 个`,
  rival: '或',
  secretHost: (host, secret) => `${host}：拉取密钥 ${secret} 用于它，但没有镜像能说明它如何命名副本`,
  presetFor: (run) => `有现成的预设：${run}`,
  unread: (what) => `无法读取：${what}`,
  nothing: '集群的镜像中看不出配置之外的镜像站',
  notUsed: (run) => `写入配置之前不会使用其中任何一个：${run}`,
  unsureStays: '不确定的不会被添加：可用 mirrors explain 和 mirrors add 核实，或自行写入',
  ask: (names, file) => `把 ${names} 加入 ${file}? [y]es [n]o`,
  declined: '没有写入任何内容',
  written: (file) => `已写入 ${file}；在它成为配置之前不会被使用`,
} as const satisfies Catalog['discover'];
