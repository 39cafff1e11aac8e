import type { DomainWords } from '../catalog.ts';
import { formatDuration, formatNumber } from '../format.ts';

function counted(noun: string): (n: number) => string {
  return (n) => `${formatNumber(n)} ${noun}`;
}

export const words = {
  images: counted('个镜像'),
  pods: counted('个 Pod'),
  claims: counted('个 PVC 在等待'),
  owners: counted('个工作负载'),
  nodes: counted('个节点'),
  namespaces: counted('个命名空间'),
  files: counted('个文件'),
  places: counted('处'),
  changes: counted('处改动'),
  more: (n) => `… 另有 ${n} 项`,
  duration: (seconds) =>
    formatDuration(
      {
        seconds: (n) => `${n} 秒`,
        minutes: (n) => `${n} 分钟`,
        hours: (n) => `${n} 小时`,
        days: (n) => `${n} 天`,
      },
      seconds,
    ),
  list: (items) => items.join('、'),
  clauses: (items) => items.join('，'),
  sentences: (items) => items.join('；'),
  labelled: (label, text) => `${label}：${text}`,
  withAside: (text, aside) => `${text}（${aside}）`,
} as const satisfies DomainWords['words'];
