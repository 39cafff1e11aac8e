import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Errors of helm and of charts. */
export const helmErrors = {
  PM_HELM_MISSING: spec<{ looked: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `charts are rendered by helm, and none was found in ${p.looked}`,
      do: 'install Helm 3.8 or newer (https://helm.sh/docs/intro/install/), or name it in PULLMEND_HELM',
    }),
    zh: (p) => ({
      what: `渲染 chart 需要 helm，但在 ${p.looked} 中没有找到`,
      do: '请安装 Helm 3.8 或更新版本（https://helm.sh/zh/docs/intro/install/），或用 PULLMEND_HELM 指定',
    }),
  }),
  PM_HELM_FAILED: spec<{ command: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `helm ${p.command} failed: ${p.reason}`,
      likely: 'the chart needs values that were not given (-f FILE), refuses some, or is broken',
      ...(/namespace/i.test(p.reason) && { do: 'if it asks for a namespace, name it: -n NAMESPACE' }),
    }),
    zh: (p) => ({
      what: `helm ${p.command} 失败：${p.reason}`,
      likely: 'chart 需要尚未给出的 values (-f FILE)，拒绝了某些值，或 chart 本身有误',
      ...(/namespace/i.test(p.reason) && { do: '如果它要求某个命名空间，请指定：-n NAMESPACE' }),
    }),
  }),
  PM_CHART_SCHEMA: spec<{ url: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `the schema of the chart's values refers to ${p.url}, which helm cannot fetch from here`,
      do: 'render without checking values against it: --skip-schema-validation (Helm 3.16 or newer), here and in helm upgrade',
    }),
    zh: (p) => ({
      what: `chart 的 values schema 引用了 ${p.url}, helm 无法从这里获取它`,
      do: '不按 schema 检查 values 即可渲染：--skip-schema-validation（Helm 3.16 或更新版本），此处与 helm upgrade 均需加上',
    }),
  }),
  PM_HELM_TIMEOUT: spec<{ command: string; seconds: number }>(exitCode.nothingDone, 'you', {
    en: (p) => ({ what: `helm ${p.command} did not end within ${p.seconds} s, so it was stopped` }),
    zh: (p) => ({ what: `helm ${p.command} 在 ${p.seconds} 秒内没有结束，已被停止` }),
  }),
  PM_HELM_OUTPUT: spec<{ command: string; megabytes: number }>(exitCode.usage, 'you', {
    en: (p) => ({ what: `helm ${p.command} wrote more than ${p.megabytes} MiB, so it was stopped` }),
    zh: (p) => ({ what: `helm ${p.command} 的输出超过 ${p.megabytes} MiB，已被停止` }),
  }),
  PM_RELEASE_CHANGED: spec<{ release: string; planned: string; found: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.release} is not as it was planned with: ${p.planned} then, now ${p.found}`,
      do: 'plan again; nothing was changed',
    }),
    zh: (p) => ({
      what: `${p.release} 已与计划时不同：当时为 ${p.planned}，现在为 ${p.found}`,
      do: '请重新计划；没有做任何更改',
    }),
  }),
  PM_RELEASE_BUSY: spec<{ release: string; status: string; waits: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.release} is still ${p.status}, and ${p.waits} is not ready: a helm may be waiting for it`,
      do: 'run fix again when it is ready; the release itself was left alone',
    }),
    zh: (p) => ({
      what: `${p.release} 仍处于 ${p.status}，且 ${p.waits} 尚未就绪：可能有 helm 正在等待它`,
      do: '待其就绪后再次运行 fix；release 本身未被改动',
    }),
  }),
  PM_RELEASE_OPEN: spec<{ release: string; revision: number; reason: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `the upgrade of ${p.release} failed half-way, and so did the way back: ${p.reason}`,
      do: `pullmend undo, or helm rollback to revision ${p.revision}`,
    }),
    zh: (p) => ({
      what: `${p.release} 的升级中途失败，回滚也失败了：${p.reason}`,
      do: `请运行 pullmend undo，或用 helm rollback 回到版本 ${p.revision}`,
    }),
  }),
  PM_CHART_UNREADABLE: spec<{ chart: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.chart} cannot be read as a chart: ${p.reason}`,
      do: 'name a folder with a Chart.yaml, or the .tgz that helm pull gives',
    }),
    zh: (p) => ({
      what: `无法将 ${p.chart} 作为 chart 读取：${p.reason}`,
      do: '请指定含有 Chart.yaml 的目录，或 helm pull 得到的 .tgz',
    }),
  }),
};
