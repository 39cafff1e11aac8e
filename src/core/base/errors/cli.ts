import type { Lang } from '../lang.ts';
import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Errors of the command line itself. */
export const cliErrors = {
  PM_USAGE: spec<{ problem: string; help: string }>(exitCode.usage, 'you', {
    en: (p) => ({ what: p.problem, do: p.help }),
    zh: (p) => ({ what: p.problem, do: p.help }),
  }),
  PM_NEEDS_YES: spec<{ command: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: 'this would change something, and there is no terminal to ask on; nothing was changed',
      do: `${p.command} --yes   (or look first: ${p.command} --dry-run)`,
    }),
    zh: (p) => ({
      what: '接下来会做改动，但没有终端可以询问；没有任何改动',
      do: `${p.command} --yes（或先看一看：${p.command} --dry-run）`,
    }),
  }),
  PM_NO_MIRRORS: spec<{ path: string; seen?: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what:
        p.seen === undefined
          ? 'no mirror is configured, so there is nowhere to look for a copy'
          : `no mirror is configured, but the cluster takes images from ${p.seen} already`,
      do:
        p.seen === undefined
          ? `pullmend init asks where copies may come from and writes ${p.path}; without a terminal: pullmend mirrors add; no mirror is needed by a machine that reads the images itself (HTTPS_PROXY, docker login): fix sends them to the nodes from there`
          : 'pullmend mirrors discover --add',
    }),
    zh: (p) => ({
      what:
        p.seen === undefined
          ? '没有配置任何镜像站，无处寻找可用的副本'
          : `没有配置任何镜像站，但集群已在使用 ${p.seen} 的镜像`,
      do:
        p.seen === undefined
          ? `pullmend init 会询问副本从哪里来，并写入 ${p.path}；没有终端时：pullmend mirrors add；能自行读取镜像的机器（HTTPS_PROXY、docker login）不需要镜像站：在那里执行 fix 会把镜像发送到节点`
          : 'pullmend mirrors discover --add',
    }),
  }),
  PM_NEEDS_TERMINAL: spec<{ command: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.command} asks questions, and there is no terminal to ask on; nothing was written`,
      do: 'pullmend mirrors add lists what can be written without questions',
    }),
    zh: (p) => ({
      what: `${p.command} 需要询问，但没有终端；没有写入任何内容`,
      do: 'pullmend mirrors add 列出不必询问即可写入的内容',
    }),
  }),
  PM_BAD_IMAGE_NAME: spec<{ image: string; reason: Readonly<Record<Lang, string>> }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `"${p.image}" is not an image name: ${p.reason.en}`,
      do: 'write it as [host[:port]/]path[:tag][@sha256:…], for example quay.io/acme/app:v1',
    }),
    zh: (p) => ({
      what: `“${p.image}” 不是合法的镜像名：${p.reason.zh}`,
      do: '写成 [主机[:端口]/]路径[:标签][@sha256:…]，例如 quay.io/acme/app:v1',
    }),
  }),
  PM_INTERRUPTED: spec<{ state: string; next: string }>(exitCode.interrupted, 'you', {
    en: (p) => ({ what: `interrupted; ${p.state}`, do: p.next }),
    zh: (p) => ({ what: `已中断；${p.state}`, do: p.next }),
  }),
  PM_INTERNAL: spec<{ message: string }>(exitCode.nothingDone, 'pullmend', {
    en: (p) => ({
      what: `pullmend met a case it does not know: ${p.message}`,
      do: 'run again with --debug and report what it prints (it holds no secret)',
    }),
    zh: (p) => ({
      what: `pullmend 遇到未知情况：${p.message}`,
      do: '加 --debug 重跑，并把输出报告给我们（不含任何密钥）',
    }),
  }),
};
