import type { Catalog } from '../catalog.ts';
import { formatNumber } from '../../../../core/i18n/index.ts';

export const rewrite: Catalog['rewrite'] = {
  places: (n) => `${formatNumber(n)} 处`,
  files: (n) => `${formatNumber(n)} 个文件`,
  written: (places, files) => `已改写 ${files}中的 ${places}`,
  wouldChange: (places, files) => `${files}中有 ${places}需要改写`,
  writtenTo: (folder) => `全部清单已写入 ${folder}`,
  nothing: '无需改写：镜像站提供的镜像都已使用镜像站的名字',
  writePipe: (command) => `标准输入无法原地修改；${command} 会把新内容写到标准输出`,
  hidden: (n) => `有 ${formatNumber(n)} 处不在补丁中：所在文档含有 Secret；--in-place 和 --out 会改动它们`,
  nothingDone: '没有改写任何内容：保持原样的位置和原因见上',
  nothingRead: '所读内容中无需改写；未读取的部分见上',
  policy: (name, before, after) => `${name}：拉取策略 ${before} → ${after}`,
  policies: (n) => `${formatNumber(n)} 处拉取策略`,
  unset: '（无）',
  inValues: (n) =>
    `其中 ${formatNumber(n)} 处写在未渲染的 chart 的 values 中，无法证明 chart 会采用：可用 pullmend rewrite --chart CHART 证明`,
  undo: (command) => `撤销：${command}`,
  gaps: (command: string) => `如何补齐缺口：${command}`,
  left: (places) => `${places}保持原样`,
  unverified: (n) => `${formatNumber(n)} 个副本未经比对`,
  skipped: {
    chart: (path) => `${path} 是 Helm chart，已跳过：rewrite --chart ${path}`,
    kustomization: (path) =>
      `${path} 是 kustomization：按原文读取，包括其中的 images 条目；rewrite --kustomize ${path} 不动清单，只写入条目并证明构建结果`,
    kustomizations: (count, paths) =>
      `${formatNumber(count)} 个 kustomization 按原文读取，包括其中的 images 条目：${paths}`,
    charts: (count, paths) =>
      `已跳过 ${formatNumber(count)} 个 Helm chart，可用 rewrite --chart CHART 逐个处理：${paths}`,
    installer: (path) =>
      `${path} 是安装器的配置：--set-registry 会写入其镜像仓库设置，pullmend preflight 会列出其镜像`,
  },
  why: {
    'no-copy': '没有镜像站有它',
    'mirrors-fail': '镜像站没有应答',
    'only-different': '唯一的副本是另一个镜像；可用 --allow-unverified 接受',
    'only-unverified': '无法证明副本是同一个镜像；可用 --allow-unverified 接受',
    unfit: '文件中的写法无法逐字节改成新名字（含转义，或标签在其他字段）',
    'no-inverse': '该镜像站的命名规则无法还原原名',
    'setting-lacks':
      '该设置会改变安装器的所有镜像，而镜像站没有这些镜像，或无法证明是同一镜像；pullmend preflight 会说明如何补齐',
    'kustomize-sets':
      'images 条目和补丁都无法改动它：它在构建的后续步骤中被设定，或位于 Secret 中（补丁不会重复其内容）',
    'open-name': '名称的一部分在别处填写，无法向镜像站询问；--no-probe 会改动已知的部分',
    'shared-field':
      '同一个字段参与了多个镜像的名称，而它们不能全部改动；请分别写出各自的字段，或指定拥有全部镜像的镜像站',
    'override-matches':
      'images 条目在一处构建中按这个名称匹配，在另一处则没有；请在那里使用 pullmend rewrite --kustomize DIR',
    'setting-absent': '程序会从默认仓库拉取它，这里没有写出该字段；写上这个字段即可改用其他仓库',
    sealed: '文件由 SOPS 加密并整体签名；请用 sops 修改',
    'no-digest': '未固定：没有摘要，或没有可写摘要的字段',
  },
  short: (names) =>
    `没有 library/（任何 values 都无法写出）：${names}；Harbor 2.7 及更高版本在 Docker Hub 的代理项目中能够找到`,
  unserved: '没有镜像站提供可用的副本（pullmend find IMAGE 会说明原因）：',
  unmoved: (places: string) => `${places}无法通过 values 改名`,
  stays: {
    'hard-coded': (at: string) => `直接写在 chart 里：${at}`,
    shared: (paths: string) => `values 参与了它的名字，但改动会破坏其他镜像：${paths}`,
    refused: (path: string, said: string) => `chart 拒绝在 ${path} 中使用新名称：${said}`,
    set: (path: string) => `由 --set ${path} 指定，它优先于所有 values 文件：请改写在文件里（-f）`,
    invalid: '不是合法的镜像名称，任何地方都无法拉取：chart 需要的某个 values 没有设置',
    composed: (template: string) => `由 ${template} 拼成，没有任何 values 能改变它`,
  },
  unmovedHelp:
    '这些镜像可用 helm --post-renderer（pullmend post-render）改名，或使用打过补丁的 chart 副本：--vendor 目录',
  beside: (places: string) => `另有 ${places}不含镜像，也会随之变化：`,
  plugin: (file: string) => `已写入 ${file}；Helm 4 的用法：`,
  leftHelp: '这些镜像可用 helm --post-renderer（pullmend post-render）改名',
  vendored: (folder: string, files: string) => `打过补丁的 chart 副本已写入 ${folder}，其中改动了 ${files}`,
  vendorNeedless: '没有写出 chart 副本：values 已能改动每个镜像，无需打补丁',
  vendorVain: '没有写出 chart 副本：其中没有任何内容可以替换，原因见上',
  movedBy: (places: string) => `这些 values 改动了 ${places}，已通过渲染证明`,
  override: (places: string, file: string, command: string) =>
    `已改动 ${places}，并通过渲染证明；已写入 ${file}：${command}`,
  usage: {
    chartAlone:
      '--chart 只能与 -f, --set, -n, --chart-repo, --chart-version, --kube-version, --skip-schema-validation, --no-probe, --allow-unverified, --vendor 和 -o 文件 一起使用',
    ownValues: (file: string) => `${file} 是你自己的文件，不会被改动：请为 override 指定另一个文件`,
    kustomizeAlone: '--kustomize 只接受一个目录，不能同时指定其他路径，--to-origin 或 --set-registry',
    onlyChart:
      '--values, --set, -n, --chart-repo, --chart-version, --kube-version, --skip-schema-validation 和 --vendor 只能与 --chart 一起使用',
    ways: '--in-place, --out, --diff 和 --check 只能选一个',
    originAndLock: '--to-origin 不能与 --lock 或 --pull-policy 同时使用',
    piped:
      '- 从标准输入读取并写到标准输出；只能与 --diff 或 --check 一起使用，不能与其他路径、--in-place 或 --out 一起使用',
    lockUnasked: '--lock 需要询问镜像仓库：请去掉 --no-probe',
    noPath: '请指定文件或目录',
  },
};
