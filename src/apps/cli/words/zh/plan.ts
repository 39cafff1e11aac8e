import type { Catalog } from '../catalog.ts';

export const plan = {
  field: {
    image: '镜像',
    pullPolicy: '拉取策略',
    pullSecret: '拉取凭据',
    env: '环境变量',
  },
  replacePods: (pods) => `删除 ${pods}，由控制器重建`,
  recreate: '换新镜像后重建',
  pullSecret: (host) => `${host} 的拉取凭据`,
  copy: (mirror) => `复制到 ${mirror}`,
  madeNow: '现在复制',
  lines: (numbers) => `第 ${numbers.join('、')} 行`,
  overwrittenBy: (what) => `之后会被 ${what} 覆盖`,
  loss: {
    'completed-pods': '会丢失已完成的 Pod 及其日志',
    'running-containers': '会停止正在运行的容器',
  },
  lossQuestion: {
    'completed-pods': (object) => `${object}：已完成的 Pod 及其日志将永久丢失。继续？`,
    'running-containers': (object) => `${object}：正在运行的容器将被停止。继续？`,
  },
  lossLeftOut: (object, flag) => `跳过：${object}（如确认，请加 ${flag}）`,
  lossDeclined: (object) => `跳过：${object}`,
  reach: (where) => `方案：${where}`,
  inPlaces: (changes, places) => `${changes}，涉及 ${places}`,
  nothingLost: '无破坏性操作',
  destructive: (n) => `${n} 处破坏性操作（逐个确认）`,
  unverified: (n) => `${n} 个未核实的副本`,
  shouldStart: (pods) => `预计 ${pods} 可以启动`,
  nothing: '方案：目前没有能做的改动',
  written: (path, program) => `方案已写入 ${path} · ${program} apply ${path}`,
  diff: {
    delete: (object) => `删除 ${object}`,
    secret: (namespace, host) => `命名空间 ${namespace} 中 ${host} 的凭据 Secret（内容不显示）`,
    copy: (target, digest) => `${target}，digest 为 ${digest}`,
    absent: '（未设置）',
  },
} as const satisfies Catalog['plan'];
