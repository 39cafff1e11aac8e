import type { Catalog } from '../catalog.ts';
import { bundle as en } from '../en/bundle.ts';

export const bundle = {
  volumes: (n) => `${n} 个分卷`,
  made: en.made,
  needs: (n) => `省略 ${n} 个 blob：目标处已有`,
  unfinished: '离线包尚未完成：有镜像失败；再次执行同一命令会从这里继续',
  sound: '内容完好',
  carryAgain: '请重新搬运这些文件',
  diff: (added, changed, removed, same) => `新增 ${added} · 变化 ${changed} · 不含 ${removed} · 相同 ${same}`,
  brings: (blobs, bytes) => `相比已有内容，多出 ${blobs} 个 blob (${bytes})`,
  needsOut: '请用 --out 指定离线包的名字',
  needsImages: '请写出镜像，或用 --from-file 指定清单，或用 -f 指定安装文件',
  needsTo: '请用 --to 指定目标：可写的镜像站，或 HOST/PATH',
  diffOf: '请写两个离线包，或一个离线包加 --have',
} as const satisfies Catalog['bundle'];
