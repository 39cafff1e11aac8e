import type { Catalog } from '../catalog.ts';

export const requests = {
  labels: { service: '服务', terms: '条款', title: '标题', body: '正文', link: '打开', issue: 'issue 地址' },
  whichService: (known) => `请指明向哪个服务请求：--via ${known}`,
  waiting: (image, minutes) => `正在你的镜像站上查找 ${image}，最多 ${minutes} 分钟`,
  served: (reference) => `已有副本：${reference}`,
  ask: (repository) => `在 ${repository} 提交一个公开的 issue? [y]是 [n]否`,
  declined: '没有提交任何内容',
  ownRepository: '你自己的仓库，--repo',
  neededTo: '请指明副本放在哪里：--to 镜像站',
  answer: {
    served: (image, target, digest) =>
      `\`${image}\` 的副本：\n\n\`\`\`\n${target}\n\`\`\`\n\ndigest \`${digest}\`，包含全部平台。`,
    noImage: '标题中没有镜像名。请写成 `[PULLMEND]registry.k8s.io/pause:3.9`.',
    notAllowed: (image) => `\`${image}\` 不在本服务允许复制的列表中。`,
    overQuota: (quota) => `每人 24 小时内最多请求 ${quota} 次，请明天再试。`,
    failed: (image, reason) => `\`${image}\` 复制失败：${reason}`,
  },
  done: {
    served: '已完成',
    refused: '已拒绝',
    failed: '失败',
  },
} as const satisfies Catalog['requests'];
