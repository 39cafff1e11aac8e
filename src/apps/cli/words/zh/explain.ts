import { orMeant } from './cli.ts';
import type { Catalog } from '../catalog.ts';
import { formatNumber } from '../../../../core/i18n/index.ts';

export const explain = {
  labels: {
    image: '镜像',
    original: '原镜像',
    at: '位置',
    means: '含义',
    move: '由谁处理',
    works: '有效',
    useless: '无效',
    mirror: '镜像站',
    also: '另有',
    says: '原文',
    do: '命令',
  },
  helps: { yes: '这里有用', no: '这里无用', maybe: '这里可能有用' },
  rule: (text) => `一般：${text}`,
  times: (n) => `${formatNumber(n)} 次`,
  nothing: '这段文本里没有与镜像拉取失败有关的信息',
  move: (who, exit) => `由谁处理：${who} · 退出码 ${exit}`,
  faults: {
    you: '使用者',
    cluster: '集群',
    registry: '镜像仓库',
    network: '网络',
    pullmend: 'pullmend 自身',
  },
  apart: '进一步区分',
  unknownCode: (code, nearest) => `没有错误代码 ${code}${orMeant(nearest)}`,
  badLine: '不是包含 "id" 和 "message" 的 JSON 对象，已跳过',
} as const satisfies Catalog['explain'];
