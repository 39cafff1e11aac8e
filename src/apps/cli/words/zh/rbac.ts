import type { Catalog } from '../catalog.ts';

export const rbac = {
  forWhat: (uses) => `请说明角色的用途：--plan FILE，或 --for 加上其中之一：${uses}`,
  where: '请说明范围：用 -n 指定一个命名空间，或用 -A 表示全部',
  written: (file) => `角色和绑定已写入 ${file}；请先阅读，然后执行：`,
} as const satisfies Catalog['rbac'];
