import type { Catalog } from '../catalog.ts';

export const watch = {
  looked: (time, every) => `${time} 查看，每 ${every} 一次`,
  quit: 'q 退出',
  starting: '第一次查看集群',
  lost: (why, wait) => `没有应答，${wait}后重试：${why}`,
  back: '集群恢复应答',
  cleared: '已不再失败',
  marks: { added: '新增', changed: '变化', cleared: '消失' },
  more: (lines) => `… 另有 ${lines} 行`,
} as const satisfies Catalog['watch'];
