import type { Catalog } from '../catalog.ts';

export const harbor = {
  looking: '正在查询 Harbor 上已有的内容',
  is: (version) => (version === undefined ? 'Harbor' : `Harbor ${version}`),
  steps: {
    endpoint: (name, url) => `仓库端点 ${name}  ${url}`,
    proxy: (name, upstream) => `代理项目 ${name}，上游 ${upstream}`,
    project: (name) => `项目 ${name}`,
    retention: (name, keepLast) => `${name} 的保留策略：每个仓库保留最新 ${keepLast} 个标签，更旧的每晚删除`,
    replication: (from, to) => `复制规则：${from} 到 ${to}，需手动启动`,
    robot: (name, projects) => `机器人账户 ${name}，可拉取 ${projects}`,
    moreForRobot: (name, projects) => `机器人账户 ${name} 增加拉取权限：${projects}`,
  },
  isPublic: '公开',
  isPrivate: '私有',
  kept: {
    endpoint: (name) => `仓库端点 ${name} 已存在`,
    project: (name) => `项目 ${name} 已存在`,
    retention: (name) => `${name} 的保留策略已存在`,
    replication: (name) => `复制规则 ${name} 已存在`,
    robot: (name) =>
      `机器人账户 ${name} 已存在；其密码只在创建时给出；密钥不会再次给出：若已丢失，请在机器人账户页面刷新（refresh）密钥`,
  },
  skipped: (mirror, why) => `${mirror}：${why}`,
  count: (steps) => `将创建 ${steps} 项`,
  neverDeletes: '不删除任何内容',
  retentionDeletes: '除保留策略所述外，不删除任何内容',
  ask: '创建？[y]是 [n]否',
  declined: '未做任何改动',
  nothing: '无需操作：都已存在',
  none: '无需操作：配置文件中没有需要在 Harbor 上创建内容的镜像站',
  dryRun: '试运行：未做任何改动',
  done: (made) => `已创建 ${made} 项`,
  robotFile: (file) => `机器人账户的登录信息已写入 ${file}，仅你可读；Harbor 不会再次给出`,
  asSecret: (run) => `用作拉取密钥：${run}`,
  findings: {
    'read-only': () => 'Harbor 处于只读模式：无法推送，代理也不缓存；管理员可在系统设置中关闭',
    'components-unhealthy': (what) => `组件不健康：${what}；请 Harbor 的管理者查看其日志`,
    'login-refused': (user) =>
      `${user} 的用户名或密码被拒绝（机器人账户可能已停用或过期）；以未登录身份查看：请重新 docker login`,
    'not-seen': (where) => `无法查看：${where}；镜像站可能仍然可用`,
    'project-missing': (project) => `项目 ${project} 不存在：可用 pullmend mirrors setup 创建`,
    'project-hidden': (project) => `项目 ${project} 不存在或为私有：用有权查看的账户 docker login 后可知详情`,
    'project-private': (project) =>
      `项目 ${project} 为私有，而镜像站没有配置凭据：请设为公开，或配置 credentials`,
    'no-proxy': (project) => `项目 ${project} 不是代理：只有推送过的镜像才有（命名方案 harbor-library）`,
    'push-to-proxy': (project) => `项目 ${project} 是代理，无法推送：请设 writable: false，或换一个项目`,
    'library-dropped': (project) =>
      `项目 ${project} 是 Docker Hub 的代理，而命名方案去掉了 “library/”: Harbor 2.7 之前找不到官方镜像；请用 harbor-proxy`,
    'signature-policy': (project) => `项目 ${project} 只提供已签名的镜像：请为副本签名，或修改该项目的配置`,
    'other-upstream': (project, have, want) =>
      `项目 ${project} 是 ${have} 的代理，而镜像站用于 ${want}：请更正 match，或换一个项目`,
    'endpoint-unhealthy': (project, endpoint, url) =>
      `项目 ${project}：Harbor 认为仓库端点 ${endpoint}（${url}）不健康，只能拉取已缓存的镜像：请在仓库管理中测试连接；harbor-core 可能需要 HTTPS_PROXY`,
    quota: (project, used, limit) =>
      `项目 ${project} 已用 ${used}，配额 ${limit}：请提高配额，或删除不需要的内容`,
    'immutable-tags': (project, tags) =>
      `项目 ${project} 有不可变标签规则（${tags}）：已有的标签不能再次推送；会移动的标签需要在项目策略中例外`,
    'vulnerability-policy': (project, severity) =>
      `项目 ${project} 拒绝漏洞达到 “${severity}” 级别的镜像（HTTP 412）：请把这些 CVE 加入白名单，或提高级别`,
    'proxy-filter': (project, pattern) =>
      `项目 ${project} 只提供匹配 ${pattern} 的名字：请据此收窄 match，或放宽过滤规则`,
  },
} as const satisfies Catalog['harbor'];
