import type { ClassInfo } from './class-info.ts';

export const accessClasses = {
  unauthorized: {
    group: 'access',
    move: 'you',
    mirrorHelps: 'no',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'the image is private or does not exist: registries hide which',
        works: [
          'a pull secret for exactly this host, in the same namespace',
          'renew an expired token (ECR: 12 h)',
          'public image: remove the stale credential',
          'check the spelling of the repository',
        ],
        useless: ['waiting', 'deleting the pod'],
        mirror: 'no for private images; yes if the image is public',
      },
      zh: {
        meaning: '镜像是私有的或不存在：镜像仓库不会说明是哪一种',
        works: [
          '在同一命名空间配置主机名完全一致的拉取密钥',
          '更新过期令牌（ECR 为 12 小时）',
          '公开镜像：删除失效的凭据',
          '检查仓库名拼写',
        ],
        useless: ['等待重试', '删除 Pod'],
        mirror: '私有镜像无用；公开镜像有用',
      },
    },
    remedies: ['create-pull-secret', 'renew-credentials', 'remove-credentials', 'fix-image-name'],
    do: [
      'kubectl -n {namespace} create secret docker-registry {secret} --docker-server={registry} --docker-username=USER --docker-password=PASSWORD --dry-run=client -o yaml | kubectl apply -f -',
    ],
  },
  forbidden: {
    group: 'access',
    move: 'registry',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'a policy refuses, whoever asks: geo-block, allow-list, CVE rule',
        works: ['another mirror', 'another way out (proxy)', 'Harbor: exempt the CVE or sign the image'],
        useless: ['a pull secret', 'waiting'],
        mirror: 'yes for geo-blocks and allow-lists: another one',
      },
      zh: {
        meaning: '策略拒绝，与身份无关：地区限制、白名单或漏洞策略',
        works: ['换一个镜像站', '换出口（代理）', 'Harbor：豁免该 CVE 或为镜像签名'],
        useless: ['配置拉取密钥', '等待重试'],
        mirror: '地区限制和白名单有用：换一个镜像站',
      },
    },
    remedies: ['use-mirror', 'change-egress', 'exempt-image'],
    do: ['{program} find {image}'],
  },
  'pull-secret-missing': {
    group: 'access',
    move: 'you',
    mirrorHelps: 'no',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'the pull secret that the pod names does not exist here',
        works: [
          'create the secret in the namespace of the pod',
          'correct its name in the pod or ServiceAccount',
        ],
        useless: ['the same secret in another namespace', 'waiting'],
        mirror: 'no',
      },
      zh: {
        meaning: 'Pod 引用的拉取密钥在该命名空间中不存在',
        works: ['在 Pod 所在命名空间创建该 Secret', '改正 Pod 或 ServiceAccount 中的 Secret 名'],
        useless: ['在其他命名空间创建同名 Secret', '等待重试'],
        mirror: '无用',
      },
    },
    remedies: ['create-pull-secret', 'fix-pull-secret-name'],
    do: [
      'kubectl -n {namespace} create secret docker-registry {secret} --docker-server={registry} --docker-username=USER --docker-password=PASSWORD --dry-run=client -o yaml | kubectl apply -f -',
    ],
  },
  'credential-helper': {
    group: 'access',
    move: 'node',
    mirrorHelps: 'no',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'the plug-in that gets credentials for the node fails',
        works: [
          'fix path, architecture or config of the plug-in',
          "the node's IAM role",
          'restart the kubelet',
        ],
        useless: ['waiting', 'a Docker credential helper as kubelet plug-in'],
        mirror: 'no',
      },
      zh: {
        meaning: '节点上获取凭据的插件执行失败',
        works: ['修正插件的路径、架构或配置', '检查节点的 IAM 角色', '重启 kubelet'],
        useless: ['等待重试', '把 Docker 凭据助手当作 kubelet 插件'],
        mirror: '无用',
      },
    },
    remedies: ['fix-credential-plugin', 'fix-node-role', 'restart-kubelet'],
    do: ['journalctl -u kubelet --since -1h | grep -i "credential provider"'],
  },
  'signature-rejected': {
    group: 'access',
    move: 'image-owner',
    mirrorHelps: 'no',
    fromEndpoint: true,
    anyName: true,
    text: {
      en: {
        meaning: 'a policy on the node wants a signature that is not there',
        works: ['use the signed image', 'sign it', 'a policy entry for this name'],
        useless: ['waiting', 'a pull secret'],
        mirror: 'usually worse: its name does not match the signature',
      },
      zh: {
        meaning: '节点策略要求签名，但镜像没有有效签名',
        works: ['使用已签名的镜像', '为镜像签名', '在策略中为该名称添加条目'],
        useless: ['等待重试', '配置拉取密钥'],
        mirror: '通常更糟：镜像站的名称与签名不符',
      },
    },
    remedies: ['sign-image', 'allow-in-policy'],
    do: ['cat /etc/containers/policy.json'],
  },
  'rate-limited': {
    group: 'quota',
    move: 'registry',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the registry limits pulls from this address or account',
        works: [
          'a mirror or pull-through cache',
          'log in (higher limit)',
          'imagePullPolicy: IfNotPresent',
          'wait until the window ends',
        ],
        useless: ['deleting the pod: it burns more of the quota'],
        mirror: 'yes, the best remedy',
      },
      zh: {
        meaning: '镜像仓库对该地址或账号限制了拉取次数',
        works: [
          '使用镜像站或拉取缓存',
          '登录账号（额度更高）',
          'imagePullPolicy: IfNotPresent',
          '等限额窗口结束',
        ],
        useless: ['删除 Pod：只会消耗更多额度'],
        mirror: '有用，最佳办法',
      },
    },
    remedies: ['use-mirror', 'log-in', 'if-not-present', 'wait'],
    do: ['{program} fix -n {namespace}'],
  },
  'pull-qps': {
    group: 'quota',
    move: 'node',
    mirrorHelps: 'no',
    fromEndpoint: false,
    anyName: true,
    text: {
      en: {
        meaning: "the kubelet's own limit on pulls; no registry was asked",
        works: [
          'wait: it ends by itself',
          'raise registryPullQPS and registryBurst',
          'start fewer pods at once',
        ],
        useless: ['a mirror', 'a pull secret'],
        mirror: 'no',
      },
      zh: {
        meaning: 'kubelet 自身的拉取限速；还没有访问镜像仓库',
        works: ['等待：会自行恢复', '调高 registryPullQPS 和 registryBurst', '减少同时启动的 Pod'],
        useless: ['换镜像站', '配置拉取密钥'],
        mirror: '无用',
      },
    },
    remedies: ['wait', 'raise-pull-limit', 'stagger-starts'],
    do: [],
  },
} as const satisfies Record<string, ClassInfo>;
