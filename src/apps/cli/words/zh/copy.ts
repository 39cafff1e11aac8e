import type { Catalog } from '../catalog.ts';
import { copy as en } from '../en/copy.ts';

export const copy = {
  state: { copied: '已复制', unchanged: '无变化', 'would-copy': '将会复制', failed: '失败' },
  progress: (done, total, sent, of, rate, left) =>
    `${done}/${total} 个镜像 · ${sent}/${of} · ${rate}/s${left === '' ? '' : ` · 还需 ${left}`}`,
  newDigest: (from, to) => `digest 不同：${from} → ${to}`,
  summary: (copied, unchanged, failed) => `已复制 ${copied} · 无变化 ${unchanged} · 失败 ${failed}`,
  wouldCopy: (images, unchanged) => `将复制 ${images} · 无变化 ${unchanged}；没有写入任何内容`,
  blobs: (sent, bytes, mounted, present) =>
    `传输 ${sent} 个 blob (${bytes}) · 挂载 ${mounted} 个 · 已存在 ${present} 个`,
  nothing: '清单里没有镜像',
  bytes: en.bytes,
  unsought: (names) => `配置里没有镜像站会用 ${names} 这个名字：pullmend fix 找不到它`,
  unsoughtNext: (images) => `各镜像站上的名字：pullmend mirrors explain ${images}`,
  interrupted: '已复制的会保留；再次执行同一命令会从这里继续',
  destination: '至少写一个镜像，最后写目标地址',
  manyNeedFolder: (text) => `“${text}” 是单个镜像名；复制多个镜像时请写以 / 结尾的仓库路径`,
} as const satisfies Catalog['copy'];
