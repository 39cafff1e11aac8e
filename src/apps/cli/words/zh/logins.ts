import type { Screens } from '../catalog.ts';

export const logins = {
  none: (host) => `Pod 没有引用拉取密钥，访问 ${host} 时没有登录`,
  fits: (secret, user, host) =>
    `Secret ${secret} 有 ${host} 的登录信息${user === '' ? '' : `（用户 ${user}）`}，但被镜像仓库拒绝`,
  incomplete: (secret, user, host) =>
    `Secret ${secret} 中 ${host} 缺少${user === '' ? '用户名或密码' : `用户 ${user} 的密码`}`,
  'other-hosts': (secret, hosts, host) =>
    hosts === '' ? `Secret ${secret} 里没有任何登录信息` : `Secret ${secret} 只用于 ${hosts}，不用于 ${host}`,
  missing: (secret) => `Secret ${secret} 不存在`,
  'wrong-type': (secret, type) =>
    `Secret ${secret} 的类型是 ${type}，kubelet 会忽略它；应为 kubernetes.io/dockerconfigjson`,
  broken: (secret) => `Secret ${secret} 的 .dockerconfigjson 无法解析`,
  unreadable: (secret, namespace) => `无权读取 Secret ${secret}；缺少的权限：${namespace} 中的 get secrets`,
  unused: (secret, host) => `Secret ${secret} 有 ${host} 的登录信息，但 Pod 没有引用它`,
  elsewhere: (namespaces) => `${namespaces} 中有同名的 Secret`,
} as const satisfies Screens['logins'];
