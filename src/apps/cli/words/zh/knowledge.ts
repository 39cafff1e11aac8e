import type { Screens } from '../catalog.ts';

export const knowledge = {
  labels: { file: '文件', edits: '修改', images: '镜像', sources: '出处' },
  images: (count) => `${count} 处`,
  reverts: {
    always: '会改回对其所建对象的修改',
    'on-change': '自定义资源变化时会重写其所建对象',
    never: '不理会对其所建对象的修改',
    unknown: '不知道它如何处理对其所建对象的修改',
  },
  variable: (name) => `变量 ${name}`,
  part: (part) => `其中的 ${part}`,
  good: (file, name) => `${file}：${name}，没有错误`,
} as const satisfies Screens['knowledge'];
