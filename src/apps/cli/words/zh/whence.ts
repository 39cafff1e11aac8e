import type { Screens } from '../catalog.ts';

export const whence = {
  corrected: (p) => `已经改正：${p.owner} 现在用的是 ${p.template}，卡住的是改正之前留下的`,
  gone: (p) => `已经改正：${p.owner} 里已没有容器 ${p.container}，卡住的是改正之前留下的`,
  added: (p) =>
    p.by === ''
      ? `模板里没有容器 ${p.container}：是准入 webhook 或策略加到 ${p.owner} 的 Pod 里的`
      : `容器 ${p.container} 由 ${p.by} 加到 ${p.owner} 的 Pod 里，模板里没有它`,
  maybeAdded: (p) =>
    `模板里没有容器 ${p.container}：是准入阶段加到 ${p.owner} 的 Pod 里的，处理这些 Pod 的有：${p.by}`,
  rewritten: (p) =>
    p.by === ''
      ? `${p.owner} 写的是 ${p.template}，准入 webhook 或策略把它改成了 ${p.image}`
      : `${p.owner} 写的是 ${p.template}，${p.by} 把它改成了 ${p.image}`,
  maybeRewritten: (p) =>
    `${p.owner} 写的是 ${p.template}，准入阶段把它改成了 ${p.image}，处理这些 Pod 的有：${p.by}`,
  made: (p) => (p.by === '' ? `${p.owner} 由别的程序创建，镜像由它决定` : `${p.owner} 的镜像由 ${p.by} 决定`),
  sources: (places) => `镜像名写在 ${places}`,
  source: (name, object, container) =>
    `${object} 的 ${name}${container === '' ? '' : `（容器 ${container}）`}`,
  settings: (who, where) => `${who} 的镜像取自 ${where}`,
  stale: (owner, manager) => `${owner} 上有 ${manager} 的标记，但它已不存在：改动不会被改回`,
  delivered: (owner, manager, does) => `${owner} 由 ${manager} 交付，${does}`,
  deliveredFrom: (source) => `来源：${source}`,
  changeThere: '请在它的来源处修改，再删除卡住的对象，让它重新创建：',
  replaceRest: (program) => `无需再改模板；${program} fix 会替换卡住的对象，也可手工执行：`,
} as const satisfies Screens['whence'];
