import type { FailureClass, FailureVariant } from '../../../model/index.ts';
import type { Action } from './class-info.ts';

/** What is known of a variant; the rest is as its class says. */
export type VariantInfo = Partial<Omit<Action, 'text'>> & {
  /** The classes that it makes exact. */
  readonly of: readonly FailureClass[];
  readonly text: {
    readonly [L in keyof Action['text']]: Pick<Action['text'][L], 'meaning' | 'works'> &
      Partial<Action['text'][L]>;
  };
};

const createSecret =
  'kubectl -n {namespace} create secret docker-registry {secret} --docker-server={registry} --docker-username=USER --docker-password=PASSWORD --dry-run=client -o yaml | kubectl apply -f -';

/** Where a name is written: what the container asks for, and who made the pod. */
const showName =
  "kubectl -n {namespace} get pod {pod} -o custom-columns='IMAGES:.spec.containers[*].image,OWNER:.metadata.ownerReferences[*].name'";

export const variantInfo: Readonly<Record<FailureVariant, VariantInfo>> = {
  'no-credentials': {
    of: ['unauthorized'],
    text: {
      en: {
        meaning: 'the registry wants a login, and none was sent',
        works: [
          'a pull secret for exactly this host, in the same namespace',
          'name it in the pod or its ServiceAccount (imagePullSecrets)',
          'check the spelling: a name that is not there answers the same',
        ],
      },
      zh: {
        meaning: '镜像仓库要求登录，而拉取时没有携带凭据',
        works: [
          '在同一命名空间配置主机名完全一致的拉取密钥',
          '在 Pod 或其 ServiceAccount 的 imagePullSecrets 中引用它',
          '检查仓库名拼写：不存在的名称也会得到同样的应答',
        ],
      },
    },
    remedies: ['create-pull-secret', 'fix-image-name'],
    do: [createSecret],
  },
  'credentials-refused': {
    of: ['unauthorized'],
    text: {
      en: {
        meaning: 'credentials were sent, and the registry refused them',
        works: [
          'renew the user, password or token in the pull secret',
          'an account that may read this repository',
        ],
        useless: ['waiting', 'deleting the pod', 'a second secret with the same login'],
      },
      zh: {
        meaning: '拉取时携带了凭据，但被镜像仓库拒绝',
        works: ['更新拉取密钥中的用户、密码或令牌', '换用有权读取该仓库的账号'],
        useless: ['等待重试', '删除 Pod', '再建一个账号相同的密钥'],
      },
    },
    remedies: ['renew-credentials', 'create-pull-secret'],
    do: [createSecret],
  },
  'stale-credentials': {
    of: ['unauthorized'],
    text: {
      en: {
        meaning: 'credentials were sent and refused, at a public registry',
        works: [
          'renew them, or remove them: a public image needs none',
          'look in imagePullSecrets, the ServiceAccount, and on the node',
        ],
        useless: ['waiting', 'deleting the pod'],
        mirror: 'yes if the image is public',
      },
      zh: {
        meaning: '向公共镜像仓库携带了凭据，但被拒绝',
        works: [
          '更新或删除该凭据：公开镜像不需要凭据',
          '检查 imagePullSecrets、ServiceAccount 以及节点上的登录信息',
        ],
        useless: ['等待重试', '删除 Pod'],
        mirror: '镜像公开则有用',
      },
    },
    remedies: ['renew-credentials', 'remove-credentials', 'use-mirror'],
    do: [
      'kubectl -n {namespace} get pod {pod} -o jsonpath=\'{.spec.imagePullSecrets[*].name}{"\\n"}\'',
      'kubectl -n {namespace} get secrets --field-selector type=kubernetes.io/dockerconfigjson',
    ],
  },
  'no-such-official-image': {
    of: ['unauthorized'],
    text: {
      en: {
        meaning: 'Docker Hub has no official image of this name: the name is wrong',
        works: [
          'correct the name: its registry or namespace may have got lost',
          'a value for the registry that is empty in the chart or manifest',
        ],
        useless: ['a pull secret: nothing below docker.io/library is private', 'waiting'],
        mirror: 'no: there is no such image to copy',
      },
      zh: {
        meaning: 'Docker Hub 没有这个官方镜像：镜像名写错了',
        works: ['改正镜像名：可能丢失了镜像仓库或命名空间', '检查 Chart 或清单中为空的 registry 值'],
        useless: ['配置拉取密钥：docker.io/library 下没有私有镜像', '等待重试'],
        mirror: '无用：没有这个镜像可复制',
      },
    },
    remedies: ['fix-image-name'],
    do: [showName],
  },
  'secret-only-named': {
    of: ['pull-secret-missing'],
    text: {
      en: {
        meaning: 'a warning: the pull secret is not there; no pull failed by it yet',
        works: [
          'create the secret in the namespace of the pod',
          'or take its name out of the pod or ServiceAccount',
        ],
      },
      zh: {
        meaning: '警告：引用的拉取密钥不存在；尚未因此拉取失败',
        works: ['在 Pod 所在命名空间创建该 Secret', '或从 Pod 或 ServiceAccount 中删除该引用'],
      },
    },
  },
  'refused-by-mirror': {
    of: ['forbidden', 'unauthorized'],
    move: 'registry',
    text: {
      en: {
        meaning: 'a mirror refuses this image: not on its list, or no such image',
        works: [
          'another mirror, or take this one out of the runtime',
          'check the name too: mirrors refuse what does not exist',
          'ask its owner to add the image',
        ],
        useless: ['a pull secret', 'waiting'],
        mirror: 'another one',
      },
      zh: {
        meaning: '镜像站拒绝该镜像：不在白名单内，或镜像不存在',
        works: [
          '换一个镜像站，或从运行时配置中移除它',
          '同时检查镜像名：不存在的镜像也会被拒绝',
          '请镜像站的维护者添加该镜像',
        ],
        useless: ['配置拉取密钥', '等待重试'],
        mirror: '换一个镜像站',
      },
    },
    remedies: ['use-mirror', 'remove-mirror', 'fix-image-name'],
    do: ['{program} find {image}'],
  },
  'name-on-mirror': {
    of: ['not-found'],
    text: {
      en: {
        meaning: 'the mirror on which the name stands has no copy of this image',
        works: [
          'another source of the same original: pullmend find',
          'the original name, where it can be reached',
          'correct the tag, if the original does not have it either',
        ],
        useless: ['a pull secret', 'waiting'],
        mirror: 'another one may have it',
      },
      zh: {
        meaning: '镜像名所在的镜像站没有这个镜像的副本',
        works: [
          '同一原始镜像的其他来源：pullmend find',
          '能访问源站时改用原始名称',
          '若原始镜像也没有该标签，则改正标签',
        ],
        useless: ['配置拉取密钥', '等待重试'],
        mirror: '其他镜像站可能有',
      },
    },
    remedies: ['use-mirror', 'fix-tag', 'fix-image-name'],
  },
  'http-to-tls-port': {
    of: ['bad-response'],
    move: 'node',
    text: {
      en: {
        meaning: 'plain HTTP was sent to a port that speaks TLS',
        works: [
          'write https:// for this mirror in the config of the runtime',
          'or the port on which it speaks plain HTTP',
        ],
      },
      zh: {
        meaning: '向 TLS 端口发送了明文 HTTP',
        works: ['在运行时配置中把该镜像站写成 https://', '或改用它的明文 HTTP 端口'],
      },
    },
    remedies: ['fix-registry-address', 'fix-mirror'],
    do: ['curl -si -m 10 {scheme}://{host}/v2/', 'curl -ksi -m 10 https://{host}/v2/'],
  },
  'cri-config': {
    of: ['node-runtime'],
    text: {
      en: {
        meaning: "containerd's CRI plug-in is not loaded: its config is wrong",
        works: [
          'mend /etc/containerd/config.toml, then restart containerd',
          'either mirrors or config_path, never both',
          'CRI must not stand in disabled_plugins',
        ],
        useless: ['a mirror', 'a pull secret', 'restarting the kubelet'],
      },
      zh: {
        meaning: 'containerd 的 CRI 插件没有加载：配置有误',
        works: [
          '修正 /etc/containerd/config.toml 并重启 containerd',
          'mirrors 与 config_path 只能用其一',
          'disabled_plugins 中不能有 cri',
        ],
        useless: ['换镜像站', '配置拉取密钥', '重启 kubelet'],
      },
    },
    remedies: ['fix-runtime-config', 'restart-runtime'],
    do: [
      'grep -nE "config_path|mirrors|disabled_plugins|^version" /etc/containerd/config.toml',
      'journalctl -u containerd -b | grep -i "failed to load plugin"',
    ],
  },
  'localhost-registry': {
    of: ['connection-refused'],
    text: {
      en: {
        meaning: 'localhost is the node itself, and nothing listens there',
        works: [
          "the registry's real name instead of localhost",
          'start what should listen on every node (proxy, cache, kind registry)',
          'the original name, if something rewrote it (see its annotations)',
        ],
        mirror: 'yes if the image is public, under its original name',
      },
      zh: {
        meaning: 'localhost 指节点自身，而该端口无人监听',
        works: [
          '把 localhost 换成镜像仓库的真实名称',
          '启动应在每个节点监听的代理、缓存或 kind 镜像仓库',
          '若镜像名被改写过，恢复原始镜像名（见 Pod 注解）',
        ],
        mirror: '镜像公开则用原始名称有用',
      },
    },
    remedies: ['fix-registry-address', 'start-registry', 'fix-image-name', 'use-mirror'],
    do: [
      'curl -sv -m 10 -o /dev/null {scheme}://{host}/v2/',
      "kubectl -n {namespace} get pod {pod} -o jsonpath='{.metadata.annotations}'",
    ],
  },
  'service-name': {
    of: ['dns'],
    move: 'you',
    text: {
      en: {
        meaning: "the name of a Service, which the node's resolver does not know",
        works: [
          'name the registry by NodePort, load balancer or IP',
          'or a host entry and a registry config on every node',
        ],
        useless: ['a change in CoreDNS: nodes do not ask it', 'a pull secret'],
        mirror: 'no for an image that only this registry has',
      },
      zh: {
        meaning: '这是集群内 Service 的名称，节点的 DNS 不认识',
        works: ['改用 NodePort、负载均衡地址或 IP', '或在每个节点配置 hosts 记录和镜像仓库'],
        useless: ['修改 CoreDNS：节点不经过它', '配置拉取密钥'],
        mirror: '只存在于该仓库的镜像无用',
      },
    },
    remedies: ['use-resolvable-name'],
  },
};
