import type { prevent as en } from '../en/prevent.ts';

export const prevent: typeof en = {
  looking: '正在向各镜像站查询所有 Pod 的镜像',
  title: (images, pods) => `${pods} 个 Pod 的 ${images} 个镜像在重新创建时会得到新的名称`,
  whole: (mirror) => `${mirror} 可提供其仓库的全部内容：新的镜像也会使用它的名称`,
  row: (image, given, pods) => `${image} → ${given}  (${pods})`,
  kept: {
    'on-mirror': (images) => `${images} 个已在镜像站上`,
    'no-copy': (images) => `${images} 个没有镜像站已知拥有`,
    excluded: (images) => `${images} 个只在被排除的命名空间中`,
  },
  keptTitle: '保持原名：',
  inexpressible: (mirror) => `${mirror}：其命名规则无法写入策略；只使用已知存在的名称`,
  secret: (name, namespaces) => `Pod 将引用拉取凭据 ${name}，以下命名空间中没有（或看不到）它：${namespaces}`,
  ask: '把策略写入集群？[y]es [n]o',
  askRemove: '移除策略？[y]es [n]o',
  declined: '未作任何改动',
  dryRun: '试运行：API 服务器会接受该策略；未作任何改动',
  dryRunRemove: '试运行：策略会被移除；未作任何改动',
  unchanged: '无需操作：策略已存在且内容正确',
  applied: '策略已写入集群：新的 Pod 会得到镜像站的名称，已有的 Pod 保持原名',
  proved: (image, given) => `已通过试运行验证：使用 ${image} 的 Pod 得到 ${given}`,
  unproved: (image, given) =>
    `未验证：使用 ${image} 的 Pod 仍得到 ${given}；可能有其他策略或 webhook 在其后写入`,
  unasked: '未验证：当前用户不能创建 Pod，或因其他原因被拒绝',
  removed: '策略已移除；Pod 在重新创建之前保持现有名称',
  absent: '无需操作：没有 pullmend 的策略',
  takeAway: (command) => `移除：${command}`,
  written: (file) => `已写入 ${file}；可用 kubectl apply -f 应用`,
};
