import type { Catalog } from '../catalog.ts';

export const nodeConfig = {
  access: { local: '本机', 'debug-pod': '通过调试 Pod', ssh: '通过 SSH' },
  labels: { asks: '请求', pause: '沙箱', files: '文件', but: '问题', told: '写入' },
  noMirror: '没有设置镜像站：所有镜像都来自其原仓库',
  asks: (registry, servers) => `${registry}：${servers}`,
  already: '已包含全部设置',
  untold: {
    renames: (mirror, registry) => `${mirror} 对 ${registry} 镜像的改名方式无法在节点上表示，已跳过`,
    'part-only': (mirror, registry) =>
      `${mirror} 中 ${registry} 的官方镜像与其他镜像路径不同，该运行时无法区分，官方镜像仍来自 ${registry}`,
    'hub-only': (mirror, registry) => `docker 只能为 Docker Hub 设置镜像站：${mirror} 不用于 ${registry}`,
    path: (mirror, registry) => `${mirror} 需要在 ${registry} 的镜像前加路径，该运行时在此处不支持，已跳过`,
    credentials: (mirror, registry) =>
      `${mirror} 需要凭据，而节点不会为 ${registry} 发送凭据，已跳过（如节点已有凭据，请设 nodesHaveCredentials: true）`,
  },
  unused: {
    'broken-file': (path, detail) => `${path} 有误，运行时会忽略整个文件：${detail}`,
    'unknown-capability': (path, detail) =>
      `${path} 中的 capability ${detail} 不被该版本识别，整个文件会被忽略`,
    'no-capability': (path, detail) =>
      `${path} 没有给 ${detail} 设置 pull 或 resolve，按标签拉取时不会请求它`,
    'no-override': (path, detail) =>
      `${path} 没有为 ${detail} 设置 override_path：路径后会再加上 /v2，那里没有仓库应答`,
    'folder-unset': (path, detail) => `${path} 没有设置 config_path：${detail} 中的内容不会被读取`,
    'wrong-name': (path, detail) => `${path} 的名字与镜像中的不一致：目录名应为 ${detail}`,
    'no-hosts': (path) => `${path} 中没有 hosts.toml，该仓库也不会再查找其他目录`,
    'several-folders': (path, detail) =>
      `config_path ${detail} 是列表，该版本拉取时会把它当作一个目录名（${path}）`,
    'both-forms': (path) => `${path} 同时设置了 config_path 和 mirrors：CRI 插件无法加载，节点不能运行 Pod`,
    'plugin-off': (path) => `${path} 关闭了 CRI 插件`,
    'not-read': (path) => `${path} 在运行时启动之后被改写：重启后才会读取`,
  },
  canary: {
    used: (mirror, url) => `请求 ${mirror} 并获得镜像：${url}`,
    lacks: (mirror, url) => `请求了 ${mirror}，但其中没有该镜像：${url}`,
    refuses: (mirror, url, answer) => `请求了 ${mirror}，应答为 ${answer}：${url}`,
    silent: (mirror, url, answer) => `请求了 ${mirror}，没有应答：${url}：${answer}`,
    unused: (mirror, url) => `没有请求 ${mirror}${url === '' ? '' : `，而是 ${url}`}`,
  },
  httpOnTls: '请求 HTTPS，而对方使用 HTTP',
  noChange: '所有节点都已包含全部设置',
  planned: (command) => `进行修改：${command}`,
  ask: (runs) => `恢复 ${runs} 在节点上写入的内容？[y]是 [n]否`,
  checkWell: '所有节点都在使用其镜像站',
  checkLeft: (command) => `有节点没有使用其设置；进行设置：${command}`,
} as const satisfies Catalog['nodeConfig'];
