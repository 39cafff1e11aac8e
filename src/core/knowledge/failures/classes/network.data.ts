import type { ClassInfo } from './class-info.ts';

export const networkClasses = {
  dns: {
    group: 'network',
    move: 'network',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: "the registry's name does not resolve",
        works: [
          'fix resolv.conf or its upstream on the node',
          'in-cluster registry: NodePort or IP, not *.svc',
        ],
        useless: ['a change in CoreDNS: nodes do not ask it', 'a pull secret'],
        mirror: 'yes if its name resolves; no if the resolver is down',
      },
      zh: {
        meaning: '镜像仓库的域名无法解析',
        works: ['修复节点的 resolv.conf 或上游 DNS', '集群内镜像仓库：用 NodePort 或 IP，不要用 *.svc'],
        useless: ['修改 CoreDNS：节点不经过它', '配置拉取密钥'],
        mirror: '镜像站域名能解析则有用；DNS 整体故障则无用',
      },
    },
    remedies: ['fix-node-dns', 'use-resolvable-name', 'use-mirror'],
    do: ['getent hosts {name}'],
  },
  'connect-timeout': {
    group: 'network',
    move: 'network',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the registry gives no answer: blocked, filtered or down',
        works: [
          'a mirror',
          'an egress rule',
          'proxy settings of the runtime (not of the shell)',
          'MTU, IPv6',
        ],
        useless: ['a pull secret', 'deleting the pod'],
        mirror: 'yes',
      },
      zh: {
        meaning: '镜像仓库没有应答：被阻断、被过滤或已停机',
        works: ['使用镜像站', '放行出站规则', '为容器运行时（不是 shell）配置代理', '检查 MTU、IPv6'],
        useless: ['配置拉取密钥', '删除 Pod'],
        mirror: '有用',
      },
    },
    remedies: ['use-mirror', 'open-egress', 'set-runtime-proxy', 'fix-mtu', 'avoid-ipv6'],
    do: ['curl -sv -m 10 -o /dev/null {scheme}://{host}/v2/'],
  },
  'network-unreachable': {
    group: 'network',
    move: 'node',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the node has no route, often an IPv6 address on an IPv4 node',
        works: ['fix the route', 'switch IPv6 off or stop answering AAAA', 'check the local firewall'],
        useless: ['a pull secret', 'waiting'],
        mirror: 'only over a route that exists',
      },
      zh: {
        meaning: '节点没有到该地址的路由，常见于 IPv4 节点解析到 IPv6',
        works: ['修复路由', '关闭 IPv6 或不返回 AAAA 记录', '检查本机防火墙'],
        useless: ['配置拉取密钥', '等待重试'],
        mirror: '仅当到镜像站的路由可用',
      },
    },
    remedies: ['fix-route', 'avoid-ipv6', 'use-mirror'],
    do: ["ip route get $(getent ahosts {name} | awk '{print $1; exit}')"],
  },
  'connection-refused': {
    group: 'network',
    move: 'network',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'nothing listens there, or a firewall rejects',
        works: [
          'start the registry, right port',
          "localhost is the node: use the registry's real name",
          'remove a dead mirror from the runtime',
        ],
        useless: ['a pull secret'],
        mirror: 'yes for public registries; not if the mirror is what is dead',
      },
      zh: {
        meaning: '目标端口无人监听，或被防火墙拒绝',
        works: [
          '启动镜像仓库，检查端口',
          'localhost 指节点自身：改用镜像仓库的真实名称',
          '从运行时配置中移除失效的镜像站',
        ],
        useless: ['配置拉取密钥'],
        mirror: '公共镜像仓库有用；若失效的正是镜像站则无用',
      },
    },
    remedies: ['start-registry', 'fix-registry-address', 'remove-mirror', 'use-mirror'],
    do: ['curl -sv -m 10 -o /dev/null {scheme}://{host}/v2/'],
  },
  'connection-reset': {
    group: 'network',
    move: 'network',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the connection broke midway: interception, CDN, MTU',
        works: ['a mirror', 'MTU', 'another way out', 'fewer parallel downloads'],
        useless: ['a pull secret'],
        mirror: 'yes',
      },
      zh: {
        meaning: '连接中途断开：链路拦截、CDN 或 MTU 问题',
        works: ['使用镜像站', '检查 MTU', '换出口', '减少并行下载数'],
        useless: ['配置拉取密钥'],
        mirror: '有用',
      },
    },
    remedies: ['use-mirror', 'fix-mtu', 'change-egress', 'fewer-downloads'],
    do: ['{program} find {image}'],
  },
  'proxy-error': {
    group: 'network',
    move: 'node',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: "the runtime's HTTP proxy failed or refused",
        works: [
          "HTTPS_PROXY and NO_PROXY in the runtime's unit, then restart",
          "the proxy's rules or credentials",
          'remove a stale proxy',
        ],
        useless: ['proxy variables in the shell or in the pod', 'a pull secret'],
        mirror: 'only one that NO_PROXY names',
      },
      zh: {
        meaning: '容器运行时使用的 HTTP 代理出错或拒绝',
        works: ['在运行时服务中设置 HTTPS_PROXY、NO_PROXY 并重启', '检查代理的规则或凭据', '移除失效的代理'],
        useless: ['在 shell 或 Pod 中设置代理变量', '配置拉取密钥'],
        mirror: '仅当镜像站在 NO_PROXY 中',
      },
    },
    remedies: ['set-runtime-proxy', 'fix-proxy', 'remove-proxy', 'use-mirror'],
    do: ['systemctl show --property=Environment containerd crio docker'],
  },
  'tls-handshake': {
    group: 'tls',
    move: 'network',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'TCP connects, TLS does not: filter, slow link, old protocol',
        works: ['a mirror', 'MTU', 'another way out', 'a newer runtime or server'],
        useless: ['a CA certificate', 'a pull secret'],
        mirror: 'yes for public registries',
      },
      zh: {
        meaning: 'TCP 已连通但 TLS 握手失败：过滤、链路慢或协议过旧',
        works: ['使用镜像站', '检查 MTU', '换出口', '升级运行时或服务端'],
        useless: ['安装 CA 证书', '配置拉取密钥'],
        mirror: '公共镜像仓库有用',
      },
    },
    remedies: ['use-mirror', 'fix-mtu', 'change-egress', 'upgrade-runtime'],
    do: ['openssl s_client -connect {address} -servername {name} </dev/null'],
  },
  'tls-unknown-authority': {
    group: 'tls',
    move: 'node',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the runtime on the node does not trust the certificate',
        works: [
          "CA into the node's store, then restart the runtime",
          'containerd: certs.d/HOST/hosts.toml with ca =',
          'public registry: a proxy inspects TLS, install its CA',
        ],
        useless: ['a CA in the pod', 'a pull secret', '/etc/docker/certs.d on a containerd node'],
        mirror: 'no for your own images; yes for public ones',
      },
      zh: {
        meaning: '节点上的容器运行时不信任该证书',
        works: [
          '把 CA 装入节点系统证书库并重启运行时',
          'containerd：certs.d/HOST/hosts.toml 中设置 ca =',
          '公共镜像仓库：有代理在解密 TLS，安装其 CA',
        ],
        useless: ['把 CA 放进 Pod', '配置拉取密钥', '在 containerd 节点上用 /etc/docker/certs.d'],
        mirror: '自有镜像无用；公共镜像有用',
      },
    },
    remedies: ['trust-ca', 'complete-chain', 'use-mirror'],
    do: ['openssl s_client -connect {address} -servername {name} -showcerts </dev/null'],
  },
  'tls-cert-invalid': {
    group: 'tls',
    move: 'registry',
    mirrorHelps: 'maybe',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the certificate is expired, for another name, or the clock is off',
        works: [
          'renew the certificate',
          "set the node's clock (NTP)",
          'use the name that the certificate has',
        ],
        useless: ['a pull secret', 'waiting'],
        mirror: 'yes for public registries; no for your own',
      },
      zh: {
        meaning: '证书过期、域名不符，或节点时钟不准',
        works: ['更新证书', '校准节点时钟（NTP）', '使用证书上的域名'],
        useless: ['配置拉取密钥', '等待重试'],
        mirror: '公共镜像仓库有用；自有镜像仓库无用',
      },
    },
    remedies: ['renew-certificate', 'fix-node-clock', 'fix-registry-address', 'use-mirror'],
    do: [
      'date -u; openssl s_client -connect {address} -servername {name} </dev/null | openssl x509 -noout -dates -ext subjectAltName',
    ],
  },
  'http-on-https': {
    group: 'tls',
    move: 'node',
    mirrorHelps: 'no',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the registry speaks plain HTTP, the node expects HTTPS',
        works: [
          'give the registry TLS',
          'containerd: hosts.toml server = "http://…"',
          'CRI-O: insecure = true; docker: insecure-registries',
        ],
        useless: ['a pull secret', 'a CA certificate'],
        mirror: 'no for your own images',
      },
      zh: {
        meaning: '镜像仓库是明文 HTTP，而节点使用 HTTPS',
        works: [
          '为镜像仓库启用 TLS',
          'containerd：hosts.toml 中 server = "http://…"',
          'CRI-O：insecure = true；docker：insecure-registries',
        ],
        useless: ['配置拉取密钥', '安装 CA 证书'],
        mirror: '自有镜像无用',
      },
    },
    remedies: ['serve-tls', 'allow-plain-http'],
    do: ['curl -s -m 10 http://{host}/v2/'],
  },
} as const satisfies Record<string, ClassInfo>;
