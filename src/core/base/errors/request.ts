import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Errors of `request`, and of GitHub behind it. */
export const requestErrors = {
  PM_REQUEST_SERVICE_UNKNOWN: spec<{ name: string; known: string; didYouMean?: string | undefined }>(
    exitCode.usage,
    'you',
    {
      en: (p) => ({
        what: `no request service is called "${p.name}"${p.didYouMean === undefined ? '' : ` (did you mean "${p.didYouMean}"?)`}`,
        do: `take one of: ${p.known}`,
      }),
      zh: (p) => ({
        what: `没有名为 “${p.name}” 的请求服务${p.didYouMean === undefined ? '' : `（是否想写 “${p.didYouMean}”?）`}`,
        do: `可选：${p.known}`,
      }),
    },
  ),
  PM_REQUEST_NEEDS_REPO: spec<{ service: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.service} runs in a repository of your own, and --repo does not say which`,
      do: 'add --repo OWNER/NAME',
    }),
    zh: (p) => ({
      what: `${p.service} 运行在你自己的仓库里，需要用 --repo 指明`,
      do: '加上 --repo 所有者/仓库名',
    }),
  }),
  PM_REQUEST_REFUSED: spec<{ service: string; image: string; reason: 'digest' | 'registry'; hosts: string }>(
    exitCode.nothingDone,
    'you',
    {
      en: (p) => ({
        what:
          p.reason === 'digest'
            ? `${p.service} copies by tag only, and ${p.image} is pinned by its digest`
            : `${p.service} does not copy from the registry of ${p.image}`,
        do:
          p.reason === 'digest'
            ? 'ask for the tag; pullmend compares the digest of the copy'
            : `it copies from: ${p.hosts}; take another service`,
      }),
      zh: (p) => ({
        what:
          p.reason === 'digest'
            ? `${p.service} 只按标签复制，而 ${p.image} 由 digest 固定`
            : `${p.service} 不从 ${p.image} 所在的仓库复制`,
        do:
          p.reason === 'digest'
            ? '改用标签请求；pullmend 会核对副本的 digest'
            : `它支持：${p.hosts}；请换一个服务`,
      }),
    },
  ),
  PM_REQUEST_NOT_SERVED: spec<{ image: string; minutes: number; names: string }>(
    exitCode.nothingDone,
    'registry',
    {
      en: (p) => ({
        what: `no proved copy of ${p.image} after ${p.minutes} min; looked for ${p.names}`,
        likely: 'the service is still working, refused the image, or pushed another one',
        do: 'read the issue, then run the command again with --wait',
      }),
      zh: (p) => ({
        what: `${p.minutes} 分钟后仍没有 ${p.image} 的可信副本；已查找 ${p.names}`,
        likely: '服务仍在处理，拒绝了该镜像，或推送了别的镜像',
        do: '查看该 issue，然后再次运行并加 --wait',
      }),
    },
  ),
  PM_REQUEST_EVENT: spec(exitCode.usage, 'you', {
    en: () => ({
      what: 'the event holds no issue',
      do: 'run it in a workflow that issues start (on: issues), or give the event with --event',
    }),
    zh: () => ({
      what: '事件中没有 issue',
      do: '请在由 issue 触发的工作流（on: issues）中运行，或用 --event 指定事件文件',
    }),
  }),
  PM_GITHUB_TOKEN: spec(exitCode.usage, 'you', {
    en: () => ({
      what: 'there is no token for GitHub',
      do: 'set GITHUB_TOKEN, or leave out --create and open the link in a browser',
    }),
    zh: () => ({ what: '没有 GitHub 令牌', do: '设置 GITHUB_TOKEN，或去掉 --create，在浏览器中打开链接' }),
  }),
  PM_GITHUB_FAILED: spec<{ what: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `GitHub did not accept it: ${p.what}`,
      likely: 'the token lacks the right to write issues there, or GitHub cannot be reached from here',
      do: 'open the link in a browser instead (leave out --create)',
    }),
    zh: (p) => ({
      what: `GitHub 没有接受：${p.what}`,
      likely: '令牌没有写 issue 的权限，或从本机无法访问 GitHub',
      do: '改为在浏览器中打开链接（去掉 --create）',
    }),
  }),
};
