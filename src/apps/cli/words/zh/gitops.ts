import type { Screens } from '../catalog.ts';

export const gitops = {
  head: (delivery, source) => (source === '' ? delivery : `${delivery} · ${source}`),
  moved: (images, places) => `${images}：${places}`,
  proof: {
    built: '改动前后都用 kustomize 构建过：没有别的变化',
    rendered: '改动前后都用 helm 渲染过：没有别的变化',
    read: '这些字段直接写有镜像名',
    unproved: '未验证：在这里无法构建其结果',
  },
  left: (images) => `那里没有找到：${images}`,
  noCheckout: (source) => `没有一个 --source 是 ${source} 的检出目录`,
  unknown: '不知道它的对象来自哪里',
  notBuilt: (reason) => `无法构建：${reason}`,
  none: '没有补丁：此方案中没有由 Argo CD 或 Flux 交付的对象',
  written: (file, command) => `补丁已写入 ${file} · ${command}`,
} as const satisfies Screens['gitops'];
