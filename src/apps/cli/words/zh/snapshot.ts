import type { Catalog } from '../catalog.ts';

export const snapshot = {
  written: (file, objects) => `快照已写入 ${file}：${objects} 个对象，不含密钥`,
  unreadable: (kinds) => `因权限不足而未包含：${kinds}`,
  read: (command) => `可在任何地方读取：${command}`,
  takenAt: (time) => `快照时间 ${time}`,
} as const satisfies Catalog['snapshot'];
