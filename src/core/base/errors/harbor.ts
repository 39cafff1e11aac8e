import { exitCode } from '../exit.ts';
import type { Lang } from '../lang.ts';
import { spec } from './define.ts';

/** Why `mirrors setup` does nothing for a mirror. */
export type HarborUnsuitable =
  | 'not-harbor'
  | 'scheme'
  | 'not-writable'
  | 'no-project'
  | 'path'
  | 'project-name'
  | 'upstreams'
  | 'pattern';

const unsuitable: Readonly<Record<HarborUnsuitable, Readonly<Record<Lang, string>>>> = {
  'not-harbor': { en: 'its host is no Harbor', zh: '它的主机不是 Harbor' },
  scheme: { en: 'its scheme says no place on one host', zh: '它的命名方案没有指明同一主机上的位置' },
  'not-writable': {
    en: 'it is neither harbor-proxy nor writable: there is nothing to make',
    zh: '它既不是 harbor-proxy 也不可写（writable）：无需创建任何内容',
  },
  'no-project': { en: '"at" names no project: HOST/PROJECT', zh: '“at” 没有写项目：主机/项目' },
  path: {
    en: 'a proxy project serves names right below it: "at" must be HOST/PROJECT',
    zh: '代理项目只提供直接位于其下的名字：“at” 应为 主机/项目',
  },
  'project-name': {
    en: 'Harbor does not allow such a name for a project',
    zh: 'Harbor 不允许这样的项目名',
  },
  upstreams: {
    en: '"match" must name its registries in full, and one only for a proxy project',
    zh: '“match” 必须写出完整的源仓库主机，代理项目只能有一个',
  },
  pattern: {
    en: 'its scheme needs --replicate to say the first part of the names in full, as library/* or acme/app',
    zh: '该命名方案要求 --replicate 写明名字的第一段，如 library/* 或 acme/app',
  },
};

/** Why an object of a Harbor is not what the mirror needs. */
export type HarborDifference =
  | 'is-proxy'
  | 'no-proxy'
  | 'other-upstream'
  | 'endpoint'
  | 'retention'
  | 'replication'
  | 'private'
  | 'robot'
  | 'robot-expired';

type Differs = {
  readonly host: string;
  readonly name: string;
  readonly reason: HarborDifference;
  readonly have: string;
  readonly want: string;
};

/** Errors of `mirrors setup`, and of the API of Harbor behind it and `mirrors check`. */
export const harborErrors = {
  PM_HARBOR_UNSUITABLE: spec<{ mirror: string; reason: HarborUnsuitable }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `nothing can be set up for ${p.mirror}: ${unsuitable[p.reason].en}`,
      do: 'correct it in the config file; docs/reference/mirrors.md, "On a Harbor", says what is made for which scheme',
    }),
    zh: (p) => ({
      what: `无法为 ${p.mirror} 创建任何内容：${unsuitable[p.reason].zh}`,
      do: '请在配置文件中更正；各命名方案会创建什么，见 docs/zh/reference/mirrors.md “在 Harbor 上”',
    }),
  }),
  PM_HARBOR_NO_LOGIN: spec<{ host: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `there are no credentials for ${p.host}`,
      do: `docker login ${p.host}`,
    }),
    zh: (p) => ({ what: `没有 ${p.host} 的凭据`, do: `docker login ${p.host}` }),
  }),
  PM_HARBOR_UNAUTHORIZED: spec<{ host: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `${p.host} does not accept the user name and password`,
      likely: 'the password is wrong, or the user logs in by OIDC and needs the CLI secret of the profile',
      do: `docker login ${p.host}`,
    }),
    zh: (p) => ({
      what: `${p.host} 不接受该用户名和密码`,
      likely: '密码错误；或该用户通过 OIDC 登录，需使用个人资料中的 CLI 密码',
      do: `docker login ${p.host}`,
    }),
  }),
  PM_HARBOR_FORBIDDEN: spec<{ host: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `${p.host} does not allow this user to do it`,
      likely: 'endpoints, proxy projects and robots of the whole Harbor belong to its system administrators',
      do: `docker login ${p.host}   (as an administrator), then run it again`,
    }),
    zh: (p) => ({
      what: `${p.host} 不允许该用户这样做`,
      likely: '仓库端点，代理项目和系统级机器人账户只有系统管理员可以管理',
      do: `docker login ${p.host}（用管理员账户），然后重新运行`,
    }),
  }),
  PM_HARBOR_REFUSED: spec<{ host: string; status: number; said: string }>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.host} refused it (${p.status})${p.said === '' ? '' : `: ${p.said}`}`,
      ...(p.status === 409 && { likely: 'somebody else made it at the same moment' }),
      ...(p.status === 404 && { likely: 'the Harbor is older than 2.2 and has no such API' }),
      ...(/unhealthy/i.test(p.said) && {
        likely:
          'the Harbor itself cannot reach that registry; it may need a proxy (HTTPS_PROXY of harbor-core)',
      }),
      do: 'correct it on the Harbor and run it again',
    }),
    zh: (p) => ({
      what: `${p.host} 拒绝了请求（${p.status}）${p.said === '' ? '' : `: ${p.said}`}`,
      ...(p.status === 409 && { likely: '同一时刻有人创建了它' }),
      ...(p.status === 404 && { likely: '该 Harbor 早于 2.2，没有此接口' }),
      ...(/unhealthy/i.test(p.said) && {
        likely: 'Harbor 自身无法访问该仓库；可能需要为 harbor-core 配置代理（HTTPS_PROXY）',
      }),
      do: '在 Harbor 上更正后重新运行',
    }),
  }),
  PM_HARBOR_ENDLESS: spec<{ host: string; list: string; most: number }>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.host} lists more than ${p.most} entries of ${p.list}; reading them stopped there`,
      likely: 'a list of this length is no list, or something before Harbor repeats a page for ever',
      do: 'look at the list in the web page of Harbor; nothing was changed',
    }),
    zh: (p) => ({
      what: `${p.host} 的 ${p.list} 列出了超过 ${p.most} 项；读取到此为止`,
      likely: '列表不会这样长，或 Harbor 前面的程序一直在重复同一页',
      do: '请在 Harbor 页面中查看该列表；没有任何改动',
    }),
  }),
  PM_HARBOR_HALF_DONE: spec<{ made: number; of: number; why: Readonly<Record<Lang, string>> }>(
    exitCode.failuresLeft,
    'registry',
    {
      en: (p) => ({
        what: `${p.made} of ${p.of} things were made, then: ${p.why.en}`,
        do: 'run it again: what was made stays, and the rest is made then',
      }),
      zh: (p) => ({
        what: `已创建 ${p.of} 项中的 ${p.made} 项，随后：${p.why.zh}`,
        do: '重新运行：已创建的保留，其余的会继续创建',
      }),
    },
  ),
  PM_HARBOR_DIFFERS: spec<Differs>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: differs.en[p.reason](p),
      do: `nothing was changed: ${remedies.en[p.reason] ?? remedies.en.other}`,
    }),
    zh: (p) => ({
      what: differs.zh[p.reason](p),
      do: `未做任何改动：${remedies.zh[p.reason] ?? remedies.zh.other}`,
    }),
  }),
};

const differs: Readonly<Record<'en' | 'zh', Readonly<Record<HarborDifference, (p: Differs) => string>>>> = {
  en: {
    'is-proxy': (p) => `project ${p.name} on ${p.host} is a proxy of ${p.have}: nothing can be pushed to it`,
    'no-proxy': (p) => `project ${p.name} on ${p.host} is there, and is no proxy of ${p.want}`,
    'other-upstream': (p) => `project ${p.name} on ${p.host} is a proxy of ${p.have}, not of ${p.want}`,
    endpoint: (p) => `endpoint ${p.name} on ${p.host} leads to ${p.have}, not to ${p.want}`,
    retention: (p) => `project ${p.name} on ${p.host} has a retention of its own (${p.have}), not ${p.want}`,
    replication: (p) => `replication rule ${p.name} on ${p.host} is ${p.have}, not ${p.want}`,
    private: (p) => `project ${p.name} on ${p.host} is private, and the mirror has no credentials`,
    robot: (p) => `robot ${p.name} on ${p.host} is disabled`,
    'robot-expired': (p) => `robot ${p.name} on ${p.host} expired at ${p.have}`,
  },
  zh: {
    'is-proxy': (p) => `${p.host} 上的项目 ${p.name} 是 ${p.have} 的代理：无法推送`,
    'no-proxy': (p) => `${p.host} 上的项目 ${p.name} 已存在，但不是 ${p.want} 的代理`,
    'other-upstream': (p) => `${p.host} 上的项目 ${p.name} 是 ${p.have} 的代理，不是 ${p.want} 的`,
    endpoint: (p) => `${p.host} 上的仓库端点 ${p.name} 指向 ${p.have}，不是 ${p.want}`,
    retention: (p) => `${p.host} 上的项目 ${p.name} 已有保留策略（${p.have}），不是 ${p.want}`,
    replication: (p) => `${p.host} 上的复制规则 ${p.name} 是 ${p.have}，不是 ${p.want}`,
    private: (p) => `${p.host} 上的项目 ${p.name} 为私有，而镜像站没有配置凭据`,
    robot: (p) => `${p.host} 上的机器人账户 ${p.name} 已停用`,
    'robot-expired': (p) => `${p.host} 上的机器人账户 ${p.name} 已于 ${p.have} 过期`,
  },
};

type Remedies = Partial<Readonly<Record<HarborDifference, string>>> & { readonly other: string };

const remedies: Readonly<Record<Lang, Remedies>> = {
  en: {
    private: 'make the project public on the Harbor, or set credentials for the mirror in the config file',
    robot: 'enable the robot on the Harbor, or delete it there and run this again: a new one is made',
    'robot-expired':
      'delete the robot on the Harbor and run this again: a new one that never expires is made, and its secret is told',
    other: 'rename or correct it on the Harbor, or take another name in the config file',
  },
  zh: {
    private: '请在 Harbor 上把该项目设为公开，或在配置文件中为镜像站设置 credentials',
    robot: '请在 Harbor 上启用该机器人账户，或删除后重新运行：会创建新的账户',
    'robot-expired': '请在 Harbor 上删除该机器人账户后重新运行：会创建永不过期的新账户，并给出密钥',
    other: '请在 Harbor 上改名或更正，或在配置文件中换一个名字',
  },
};
