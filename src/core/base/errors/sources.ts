import { exitCode } from '../exit.ts';
import { redact } from '../redact.ts';
import { spec } from './define.ts';

/** What kustomize says of charts unless it is told that it may start helm. */
function needsHelm(reason: string): boolean {
  return reason.includes('must specify --enable-helm');
}

/** Errors of what must be rendered or unpacked before its images can be read. */
export const sourcesErrors = {
  PM_RELEASE_NOT_FOUND: spec<{ name: string; namespace: string; known: readonly string[] }>(
    exitCode.usage,
    'you',
    {
      en: (p) => ({
        what: `there is no Helm release "${p.name}" in namespace ${p.namespace}`,
        likely: `releases there: ${p.known.join(', ') || 'none that can be seen'}`,
        do: 'name its namespace with -n; helm list -A shows all',
      }),
      zh: (p) => ({
        what: `命名空间 ${p.namespace} 中没有名为 “${p.name}” 的 Helm release`,
        likely: `现有 release: ${p.known.join(', ') || '看不到任何 release'}`,
        do: '用 -n 指定命名空间；helm list -A 可列出全部',
      }),
    },
  ),
  PM_RELEASE_BROKEN: spec<{ object: string; reason: string }>(exitCode.failuresLeft, 'cluster', {
    en: (p) => ({
      what: `${p.object} holds no Helm release that can be read: ${p.reason}`,
      do: 'helm history RELEASE -n NAMESPACE shows the other revisions; or list the running objects: pullmend images --from-cluster',
    }),
    zh: (p) => ({
      what: `无法读取 ${p.object} 中的 Helm release: ${p.reason}`,
      do: '用 helm history RELEASE -n NAMESPACE 查看其他版本；或列出运行中的对象：pullmend images --from-cluster',
    }),
  }),
  PM_SOURCE_NOT_CHECKOUT: spec<{ folder: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.folder} lies in no working tree of Git`,
      do: 'name the checkout of the repository that the application or Kustomization is delivered from: git clone URL DIR, then --source DIR',
    }),
    zh: (p) => ({
      what: `${p.folder} 不在任何 Git 工作区中`,
      do: '请指定该应用或 Kustomization 所用仓库的检出目录：git clone URL DIR，再用 --source DIR',
    }),
  }),
  PM_INSTALLER_UNKNOWN: spec<{
    installer: string;
    version: string;
    known: readonly string[];
    nearest: string | undefined;
    /** Where the configuration says the version, when no flag does. */
    field?: string;
  }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `pullmend does not know which images ${p.installer} ${p.version || 'without a version'} pulls`,
      likely: `known: ${p.known.join(', ')}`,
      do:
        p.field !== undefined
          ? `write one of them in ${p.field}, or name the images themselves: pullmend preflight IMAGE...`
          : p.nearest === undefined
            ? 'name the images themselves: pullmend preflight IMAGE...'
            : `to see those of the nearest: --installer-version ${p.nearest}`,
    }),
    zh: (p) => ({
      what: `pullmend 不知道 ${p.installer} ${p.version || '（未写版本）'} 会拉取哪些镜像`,
      likely: `已知版本：${p.known.join(', ')}`,
      do:
        p.field !== undefined
          ? `请在 ${p.field} 中写明其中一个，或直接写出镜像：pullmend preflight IMAGE...`
          : p.nearest === undefined
            ? '请直接写出镜像：pullmend preflight IMAGE...'
            : `查看最接近版本的镜像：--installer-version ${p.nearest}`,
    }),
  }),
  PM_KUSTOMIZE_MISSING: spec(exitCode.usage, 'you', {
    en: () => ({
      what: 'neither kustomize nor kubectl is found on PATH',
      do: 'install one of them: https://kubectl.docs.kubernetes.io/installation/kustomize/',
    }),
    zh: () => ({
      what: 'PATH 中既没有 kustomize 也没有 kubectl',
      do: '请安装其中之一：https://kubectl.docs.kubernetes.io/installation/kustomize/',
    }),
  }),
  PM_KUSTOMIZE_FAILED: spec<{ folder: string; tool: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.tool} cannot build ${p.folder}: ${p.reason}`,
      do: needsHelm(p.reason)
        ? 'it renders charts: let it start helm with --enable-helm'
        : `correct it until ${p.tool} ${p.folder} works`,
    }),
    zh: (p) => ({
      what: `${p.tool} 无法构建 ${p.folder}：${p.reason}`,
      do: needsHelm(p.reason)
        ? '它要渲染 chart：请加上 --enable-helm，允许它启动 helm'
        : `请先修正，直到 ${p.tool} ${p.folder} 成功`,
    }),
  }),
  PM_KUSTOMIZE_NONE: spec<{ folder: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.folder} holds no kustomization.yaml that can be read`,
      do: 'name the folder of a kustomization; for plain manifests: pullmend rewrite PATH',
    }),
    zh: (p) => ({
      what: `${p.folder} 中没有可读取的 kustomization.yaml`,
      do: '请指定 kustomization 所在的目录；普通清单请用：pullmend rewrite PATH',
    }),
  }),
  PM_KUSTOMIZE_REMOTE: spec<{ file: string; entry: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} names ${redact(p.entry)}, which is no file or folder of this machine`,
      likely: 'it is a remote base, or the path is wrong; nothing is fetched and nothing was changed',
      do: 'bring the remote base into a folder of your own and name that folder instead',
    }),
    zh: (p) => ({
      what: `${p.file} 引用了 ${redact(p.entry)}，本机没有这个文件或目录`,
      likely: '它是远程 base，或路径有误；没有拉取任何内容，也没有任何改动',
      do: '请把远程 base 放到自己的目录中，再改为引用该目录',
    }),
  }),
  PM_KUSTOMIZE_UNPROVED: spec<{ file: string; reason: 'form' | 'differs' }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: {
        form: `${p.file} is written in a way that takes no further entry (a flow map, or a list given by an alias)`,
        differs: `the images of ${p.file} cannot be moved without changing something else that it makes`,
      }[p.reason],
      likely: 'nothing was changed',
      do: {
        form: 'write it as a block: one field a line',
        differs: 'rewrite the manifests that it is made of: pullmend rewrite PATH',
      }[p.reason],
    }),
    zh: (p) => ({
      what: {
        form: `${p.file} 的写法无法再加入条目（流式映射，或由别名给出的列表）`,
        differs: `无法在不影响其他内容的情况下改写 ${p.file} 的镜像`,
      }[p.reason],
      likely: '没有任何改动',
      do: {
        form: '请改为块式写法：每行一个字段',
        differs: '请直接改写它所用的清单：pullmend rewrite PATH',
      }[p.reason],
    }),
  }),
  PM_TO_BE_RENDERED: spec<{ path: string; what: 'chart' | 'kustomization' | 'template'; folder: string }>(
    exitCode.usage,
    'you',
    {
      en: (p) => ({
        what: {
          chart: `${p.path} is a Helm chart: its images are known when it is rendered`,
          template: `${p.path} is a Helm template: its images are known when it is rendered`,
          kustomization: `${p.path} is a kustomization: its images are known when it is built`,
        }[p.what],
        do: `pullmend images ${p.what === 'kustomization' ? '--kustomize' : '--chart'} ${p.folder}`,
      }),
      zh: (p) => ({
        what: {
          chart: `${p.path} 是 Helm chart：渲染之后才知道有哪些镜像`,
          template: `${p.path} 是 Helm 模板：渲染之后才知道有哪些镜像`,
          kustomization: `${p.path} 是 kustomization：构建之后才知道有哪些镜像`,
        }[p.what],
        do: `pullmend images ${p.what === 'kustomization' ? '--kustomize' : '--chart'} ${p.folder}`,
      }),
    },
  ),
};
