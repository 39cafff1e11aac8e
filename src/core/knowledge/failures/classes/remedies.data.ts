import type { Lang } from '../../../base/index.ts';

/** What ends a cause, under a stable name that programs may act on. Names are never reused for something else. */
export const remedyInfo = {
  'use-mirror': {
    en: 'use a copy on a mirror: `pullmend fix`',
    zh: '改用镜像站上的副本：`pullmend fix`',
  },
  'fix-image-name': { en: 'correct the image name', zh: '改正镜像名' },
  'qualify-image-name': {
    en: 'write the full name, with its registry',
    zh: '写完整的镜像名，包括镜像仓库',
  },
  'fix-tag': { en: 'correct the tag or digest', zh: '改正标签或摘要' },
  'follow-moved-image': { en: 'use the new home of an image that moved', zh: '镜像已迁移：改用新地址' },
  'set-search-registry': {
    en: 'set one unqualified-search registry on the nodes',
    zh: '在节点上只配置一个 unqualified-search-registries',
  },
  'use-matching-platform': {
    en: "use a tag that has the node's platform",
    zh: '换用包含该节点平台的标签',
  },
  'select-node-platform': {
    en: 'schedule to nodes of a platform that the image has',
    zh: '调度到镜像支持的平台的节点',
  },
  'rebuild-image': {
    en: 'push the image again in a format that the runtime takes',
    zh: '以运行时接受的格式重新推送镜像',
  },
  'upgrade-runtime': { en: 'a newer container runtime', zh: '升级容器运行时' },
  'create-pull-secret': {
    en: "create a pull secret for this host in the pod's namespace",
    zh: '在 Pod 所在命名空间为该主机创建拉取密钥',
  },
  'fix-pull-secret-name': {
    en: 'correct the name of the pull secret in the pod or ServiceAccount',
    zh: '改正 Pod 或 ServiceAccount 中的拉取密钥名',
  },
  'renew-credentials': { en: 'renew an expired token or password', zh: '更新过期的令牌或密码' },
  'remove-credentials': {
    en: 'public image: remove the stale credential',
    zh: '公开镜像：删除失效的凭据',
  },
  'log-in': { en: 'pull with an account: its limit is higher', zh: '用账号拉取：额度更高' },
  'fix-credential-plugin': {
    en: 'fix path, architecture or config of the credential plug-in',
    zh: '修正凭据插件的路径、架构或配置',
  },
  'fix-node-role': { en: "fix the node's IAM role", zh: '修正节点的 IAM 角色' },
  'exempt-image': { en: "exempt the image from the registry's policy", zh: '在镜像仓库策略中豁免该镜像' },
  'sign-image': { en: 'use a signed image, or sign it', zh: '使用已签名的镜像，或为它签名' },
  'allow-in-policy': { en: 'add the name to the signature policy', zh: '在签名策略中加入该名称' },
  wait: { en: 'wait: it is tried again', zh: '等待：会自动重试' },
  'if-not-present': {
    en: 'imagePullPolicy: IfNotPresent',
    zh: 'imagePullPolicy: IfNotPresent',
  },
  'raise-pull-limit': {
    en: "raise the kubelet's registryPullQPS and registryBurst",
    zh: '调高 kubelet 的 registryPullQPS 和 registryBurst',
  },
  'stagger-starts': { en: 'start fewer pods at once', zh: '减少同时启动的 Pod' },
  'fix-node-dns': {
    en: 'fix resolv.conf or its upstream on the node',
    zh: '修复节点的 resolv.conf 或上游 DNS',
  },
  'use-resolvable-name': {
    en: 'name the registry so that nodes can resolve it',
    zh: '使用节点能解析的镜像仓库名称',
  },
  'open-egress': { en: 'allow the way out in the firewall', zh: '在防火墙放行出站访问' },
  'set-runtime-proxy': {
    en: "set HTTPS_PROXY and NO_PROXY in the runtime's unit",
    zh: '在运行时服务中设置 HTTPS_PROXY、NO_PROXY',
  },
  'fix-proxy': { en: "fix the proxy's rules or credentials", zh: '修正代理的规则或凭据' },
  'remove-proxy': { en: 'remove a stale proxy from the runtime', zh: '从运行时移除失效的代理' },
  'change-egress': { en: 'another way out', zh: '换出口' },
  'fix-mtu': { en: 'check the MTU along the way', zh: '检查链路 MTU' },
  'fix-route': { en: "fix the node's routes or local firewall", zh: '修复节点路由或本机防火墙' },
  'avoid-ipv6': { en: 'switch IPv6 off, or stop answering AAAA', zh: '关闭 IPv6，或不返回 AAAA 记录' },
  'fewer-downloads': { en: 'fewer parallel downloads', zh: '减少并行下载数' },
  'start-registry': { en: 'start the registry', zh: '启动镜像仓库' },
  'fix-registry-address': {
    en: 'correct host, port or path of the registry',
    zh: '改正镜像仓库的主机、端口或路径',
  },
  'remove-mirror': {
    en: "remove the dead mirror from the runtime's config",
    zh: '从运行时配置移除失效的镜像站',
  },
  'trust-ca': {
    en: 'let the runtime on the nodes trust the CA, then restart it',
    zh: '让节点运行时信任该 CA，然后重启',
  },
  'complete-chain': { en: 'serve the intermediate certificates too', zh: '服务端补全中间证书' },
  'renew-certificate': { en: 'renew the certificate, for the right name', zh: '更新证书，域名要一致' },
  'fix-node-clock': { en: "set the node's clock (NTP)", zh: '校准节点时钟（NTP）' },
  'serve-tls': { en: 'give the registry TLS', zh: '为镜像仓库启用 TLS' },
  'allow-plain-http': {
    en: 'let the runtime use plain HTTP for this host',
    zh: '让运行时对该主机使用明文 HTTP',
  },
  'fix-mirror': { en: 'fix the mirror or proxy that answers', zh: '修复应答的镜像站或代理' },
  'clean-cache': { en: 'bypass or clean the cache in between', zh: '绕过或清理中间缓存' },
  'remove-partial-download': { en: 'remove the partial download on the node', zh: '清除节点上未完成的下载' },
  'free-disk': { en: 'remove unused images from the node', zh: '清理节点上不用的镜像' },
  'grow-disk': { en: "grow the node's disk", zh: '扩容节点磁盘' },
  'tune-image-gc': { en: 'tune image garbage collection', zh: '调整镜像垃圾回收阈值' },
  'restart-runtime': { en: 'restart the container runtime', zh: '重启容器运行时' },
  'restart-kubelet': { en: 'restart the kubelet', zh: '重启 kubelet' },
  'fix-runtime-config': {
    en: "correct the container runtime's config",
    zh: '修正容器运行时的配置',
  },
  'remove-damaged-image': { en: 'remove the damaged image or snapshot', zh: '删除损坏的镜像或快照' },
  'rebuild-node': { en: 'drain and rebuild the node', zh: '排空并重建节点' },
  'load-image': { en: 'load the image on the nodes under this name', zh: '以该名称在节点上导入镜像' },
  'parallel-pulls': {
    en: 'parallel pulls (serializeImagePulls: false)',
    zh: '并行拉取（serializeImagePulls: false）',
  },
  'raise-progress-timeout': {
    en: "raise the runtime's pull progress timeout",
    zh: '调大运行时的拉取进度超时',
  },
  'set-pause-image': {
    en: "set the pause image in the runtime's config",
    zh: '在运行时配置中设置 pause 镜像',
  },
  'retry-pull': {
    en: 'look at the next attempt, or try the pull on the node: it shows the cause',
    zh: '看下一次尝试，或在节点上手动拉取：会显示原因',
  },
  'read-runtime-log': { en: "read the runtime's log on the node", zh: '查看节点上运行时的日志' },
  'fix-provisioner': { en: "mend the pods of the volume's provisioner", zh: '修复存储供应者的 Pod' },
  'fix-helper-image': {
    en: "mend the image of the provisioner's helper pod",
    zh: '修复存储供应者辅助 Pod 的镜像',
  },
  'set-default-storage-class': { en: 'mark one StorageClass as default', zh: '把一个 StorageClass 设为默认' },
  'install-provisioner': { en: 'install a provisioner', zh: '安装存储供应者' },
  'fix-node-plugin': { en: 'mend the CNI or CSI pod of that node', zh: '修复该节点的 CNI 或 CSI Pod' },
  'fix-webhook': {
    en: "mend the pods behind the webhook's Service",
    zh: '修复 webhook 的 Service 背后的 Pod',
  },
  'open-webhook-port': {
    en: 'let the API server reach the webhook',
    zh: '放行 API Server 到 webhook 的网络',
  },
  'fix-release-pods': { en: 'mend the pods and hook Jobs of the release', zh: '修复该发布的 Pod 和钩子 Job' },
  'repeat-install': { en: 'then repeat the install, or roll back', zh: '然后重新安装或回滚' },
} as const satisfies Record<string, Readonly<Record<Lang, string>>>;

export type Remedy = keyof typeof remedyInfo;
