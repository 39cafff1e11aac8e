import type { Catalog } from '../catalog.ts';

/** `preflight`. */
export const preflight: Catalog['preflight'] = {
  state: {
    works: '可以获取',
    elsewhere: '只能以其他名称获取',
    'ask-later': '稍后再问',
    missing: '缺失',
    'not-asked': '未询问',
  },
  identity: { same: '同一镜像', unverified: '未核实', different: '摘要不同' },
  from: (name) => `来自 ${name}`,
  later: '仅在使用该功能时拉取',
  retryAfter: (seconds) => `${seconds} 秒后`,
  commandLine: '由命令行给出',
  platforms: (names, assumed) =>
    assumed ? `平台 ${names}（默认假定；可用 --platform 或 --cluster-nodes 指定）` : `平台 ${names}`,
  installer: (name, version, images) => `${name} ${version} 会拉取 ${images}`,
  summary: (works, elsewhere, later, missing) =>
    `${works} 个可以获取 · ${elsewhere} 个只能以其他名称获取 · ${later} 个稍后再问 · ${missing} 个缺失`,
  listed: (n) => `${n} 个镜像，未询问任何镜像仓库`,
  fill: '补齐缺口：',
  advice: (file, key, value, covered, of) =>
    `在 ${file} 中设置 ${key}："${value}"，可覆盖 ${of} 个镜像中的 ${covered} 个`,
  uncovered: (image) => `那里没有：${image}`,
  uncoveredFrom: (image, from) => `那里没有：${image}；可从 ${from} 获取`,
  nothing: '请给出文件，镜像，--chart 或 --kustomize',
  platformTwice: '--platform 与 --cluster-nodes 不能同时使用',
  notes: {
    'installer-itself': (name) =>
      `${name} 本身写在 kubesphere-installer.yaml 里，任何设置都不影响它：请把该文件也一并给出`,
    'registry-covers': (r) => `凡设置能影响的镜像都来自 ${r}`,
    'registry-host-lost': (names) => `原镜像仓库的域名会被丢弃，因此只代理 Docker Hub 的镜像站没有 ${names}`,
    'registry-library': (path) => `Docker Hub 的官方镜像会到 ${path} 下查找`,
    'zone-cn-flattens': (path) => `zone 为 cn：所有镜像都来自 ${path}，只保留名称的最后一段`,
    'zone-beats-registry': (r) => `zone: cn 优先，local_registry ${r} 不起作用`,
    'override-all': (space) => `所有镜像的命名空间都换成 ${space}`,
    'override-without-registry': (space) =>
      `设置了命名空间 ${space} 却没有设置镜像仓库：KubeKey 会忽略它；ks-installer 会到原镜像仓库的该命名空间查找（官方镜像除外）`,
    'fixed-images': (names) =>
      `任何设置都不影响 ${names}：它写死在安装器的 chart 里；请在节点上以该名称放置副本，或在运行时配置中为其镜像仓库设置镜像站`,
    'pulls-always': (v) => `${v} 的核心 Pod 以 Always 策略拉取：只在节点上存在的镜像对它们无效`,
    'ha-by-nodes': (name) => `若有多个角色为 “master” 的节点，安装器会启用高可用，还会拉取 ${name}`,
    'kubectl-by-cluster': (name) => `${name} 的标签取决于集群版本；1.22 及以上为 v1.22.0`,
    'kk-zone': (path) =>
      `KKZONE=cn 会让所有镜像都来自 ${path}，只保留名称的最后一段，并取代 namespaceOverride`,
    'kk-zone-needs-no-registry': (r) => `KKZONE=cn 在此不改变任何名称：privateRegistry ${r} 使它失效`,
    'kk-version-assumed': (v) =>
      `文件没有写明由哪个版本的 KubeKey 读取：按 ${v} 处理；可用 --installer-version 指定其他版本`,
    'kk-mirrors-docker-only': (key) => `${key} 只对 docker.io 有效，containerd 和 docker 都是如此`,
    'kk-insecure-http': (hosts) => `containerd 访问 ${hosts} 时只用 http，不用 https`,
    'kk-remote-mirrors': () =>
      'remoteMirrors 无法工作：containerd 不允许 config_path 与 registry.mirrors 并存，CRI 插件不会启动；请改用 registryMirrors 或自行编写 hosts.toml',
    'kk4-own-registry': (type) =>
      `KubeKey 会自行搭建 ${type} 并把这些镜像推送进去：此处列出的是拉取它们所用的原名`,
    'kk4-cni-chart': (chart) =>
      `chart ${chart} 可能带来 KubeKey 未写明的镜像：pullmend preflight --chart 会列出渲染结果`,
    'kk4-chart-unknown': (charts) =>
      `不知道 ${charts} 含有哪些镜像，因此没有列出：pullmend preflight --chart 会列出 chart 渲染出的镜像`,
    'kk4-zone': (host) =>
      `spec 中的 zone: cn 会让所有镜像都来自 ${host}，丢弃域名，保留路径，Kubernetes 自身的镜像位于 kubernetes/ 下；环境变量 KKZONE 属于 KubeKey 3, KubeKey 4 不读取它`,
    'kk4-zone-needs-no-registry': (r) =>
      `zone: cn 在此不改变任何镜像名：image_registry.auth.registry ${r} 优先；它只影响程序和 chart 的下载来源`,
    'kk4-config-path': (path) =>
      `containerd 的 CRI 插件将无法启动：config_path ${path} 与 registry.mirrors 并存，而 KubeKey 总会为 docker.io 写入后者；请同时设置 cri.registry.mirrors: []`,
    'kk4-config-merge': (key) =>
      `${key} 为 “merge”：节点上已有的 config.toml 优先于此文件，sandbox 镜像和镜像仓库也是如此`,
    'kk-pause': (image) =>
      `运行时的 sandbox 镜像将是 ${image}；没有任何清单写明它，缺少它则任何 Pod 都无法启动`,
  },
};
