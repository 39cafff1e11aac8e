import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** The mirror's name, or the registry's host. */
type Registry = { readonly who: string };

/** Errors of registries. The request and its answer stand in the error's `where`. */
export const registryErrors = {
  PM_REGISTRY_ABSENT: spec<Registry>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.who} does not have the image`,
      likely: 'the tag or the repository does not exist there',
    }),
    zh: (p) => ({ what: `${p.who} 上没有该镜像`, likely: '标签或镜像仓库在那里不存在' }),
  }),
  PM_REGISTRY_UNAUTHORIZED: spec<Registry>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.who} wants credentials, or refused those it got`,
      likely: 'the image is private or does not exist; many registries do not tell the two apart',
      do: `docker login, or set credentials for this mirror in the configuration`,
    }),
    zh: (p) => ({
      what: `${p.who} 需要凭据，或拒绝了所给的凭据`,
      likely: '镜像是私有的或不存在；许多镜像仓库不区分这两种情况',
      do: '执行 docker login，或在配置里为该镜像站设置 credentials',
    }),
  }),
  PM_REGISTRY_FORBIDDEN: spec<Registry>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.who} forbids access to the image`,
      likely: 'the account has no right to pull or push it, or the mirror does not serve this name',
    }),
    zh: (p) => ({
      what: `${p.who} 禁止访问该镜像`,
      likely: '账号没有拉取或推送的权限，或该镜像站不提供此名字',
    }),
  }),
  PM_REGISTRY_READ_ONLY: spec<Registry>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.who} takes no images`,
      likely: 'it is a read-only mirror or a pull-through cache, or is in read-only mode',
      do: 'copy to a registry, or a project of it, that takes pushes',
    }),
    zh: (p) => ({
      what: `${p.who} 不接受推送`,
      likely: '它是只读的镜像站或拉取缓存，或处于只读模式',
      do: '复制到可以推送的镜像仓库或项目',
    }),
  }),
  PM_REGISTRY_RATE_LIMITED: spec<Registry & { retryAfter?: number }>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.who} limits the rate of requests`,
      do: p.retryAfter === undefined ? 'ask again later' : `ask again in ${p.retryAfter} s`,
    }),
    zh: (p) => ({
      what: `${p.who} 限制了请求频率`,
      do: p.retryAfter === undefined ? '稍后重试' : `${p.retryAfter} 秒后重试`,
    }),
  }),
  PM_MIRROR_NOT_A_REGISTRY: spec<Registry>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.who} answered, but not with an image manifest`,
      likely: 'the project is missing from `at:`, or a web page answers on this path',
      do: `pullmend mirrors check`,
    }),
    zh: (p) => ({
      what: `${p.who} 有应答，但不是镜像清单`,
      likely: '`at:` 里缺少项目名，或该路径由网页应答',
      do: `pullmend mirrors check`,
    }),
  }),
  PM_IMAGE_SCHEMA1: spec<Registry>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.who} has the image only as Docker schema 1`,
      likely: 'it was pushed before 2017; containerd 2 and this program cannot use that format',
      do: 'push it again with a current docker, or use a newer tag',
    }),
    zh: (p) => ({
      what: `${p.who} 上的镜像只有 Docker schema 1 格式`,
      likely: '它在 2017 年之前推送；containerd 2 和本程序都不支持该格式',
      do: '用新版 docker 重新推送，或改用较新的标签',
    }),
  }),
  PM_REGISTRY_PLATFORM_MISSING: spec<Registry>(exitCode.nothingDone, 'registry', {
    en: (p) => ({ what: `${p.who} has the image, but not for every platform of the nodes` }),
    zh: (p) => ({ what: `${p.who} 有该镜像，但缺少节点所需的平台` }),
  }),
  PM_REGISTRY_DIGEST_MISMATCH: spec<Registry>(exitCode.nothingDone, 'registry', {
    en: (p) => ({
      what: `${p.who} sent content that does not match its digest`,
      likely: 'a proxy on the way changed it, or the copy is damaged',
      do: 'do not use this copy',
    }),
    zh: (p) => ({
      what: `${p.who} 返回的内容与摘要不符`,
      likely: '途中的代理改动了内容，或该副本已损坏',
      do: '不要使用该副本',
    }),
  }),
  PM_REGISTRY_UNREACHABLE: spec<Registry>(exitCode.nothingDone, 'network', {
    en: (p) => ({
      what: `${p.who} cannot be reached`,
      likely: 'the name does not resolve, the network is blocked, or the service is down',
      do: 'check the address, then DNS, proxy and firewall of this machine',
    }),
    zh: (p) => ({
      what: `无法连接 ${p.who}`,
      likely: '域名无法解析，网络被阻断，或服务未运行',
      do: '先检查地址，再检查本机的 DNS，代理和防火墙',
    }),
  }),
  PM_REGISTRY_SERVER_ERROR: spec<Registry>(exitCode.nothingDone, 'registry', {
    en: (p) => ({ what: `${p.who} failed to answer the request`, do: 'ask again later' }),
    zh: (p) => ({ what: `${p.who} 未能处理请求`, do: '稍后重试' }),
  }),
  PM_TLS_UNTRUSTED: spec<Registry>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `the TLS connection to ${p.who} cannot be trusted`,
      likely: 'its certificate is self-signed, expired, or for another name; or it speaks plain HTTP',
      do: 'set caFile (or plainHttp) for this mirror in the configuration; if it asks for a certificate of yours, clientCertFile and clientKeyFile',
    }),
    zh: (p) => ({
      what: `与 ${p.who} 的 TLS 连接不可信`,
      likely: '证书是自签的，已过期，或属于其他域名；也可能它只支持明文 HTTP',
      do: '在配置里为该镜像站设置 caFile（或 plainHttp）；如果它要求客户端证书，设置 clientCertFile 和 clientKeyFile',
    }),
  }),
  PM_TLS_FILE_UNREADABLE: spec<{ file: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `cannot use ${p.file} for TLS: ${p.reason}`,
      do: 'correct caFile, clientCertFile or clientKeyFile; they are PEM files, the key without a passphrase',
    }),
    zh: (p) => ({
      what: `无法把 ${p.file} 用于 TLS: ${p.reason}`,
      do: '修正 caFile, clientCertFile 或 clientKeyFile；它们都是 PEM 文件，私钥不带口令',
    }),
  }),
  PM_CREDENTIALS_UNREADABLE: spec<{ source: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `cannot read the registry credentials in ${p.source}: ${p.reason}`,
      do: 'docker login writes a valid file',
    }),
    zh: (p) => ({
      what: `无法读取 ${p.source} 中的镜像仓库凭据：${p.reason}`,
      do: 'docker login 会写入合法的文件',
    }),
  }),
  PM_CREDENTIAL_HELPER: spec<{ helper: string; reason: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `the credential helper ${p.helper} failed: ${p.reason}`,
      do: `run it by hand: echo HOST | ${p.helper} get`,
    }),
    zh: (p) => ({
      what: `凭据助手 ${p.helper} 失败：${p.reason}`,
      do: `手动运行：echo 主机 | ${p.helper} get`,
    }),
  }),
};
