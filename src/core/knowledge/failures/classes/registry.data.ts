import type { ClassInfo } from './class-info.ts';

export const registryClasses = {
  'registry-5xx': {
    group: 'registry',
    move: 'registry',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    registryWide: true,
    text: {
      en: {
        meaning: 'the registry, its token service or a mirror has a fault (5xx)',
        works: [
          'wait and retry',
          'another endpoint',
          'k3s/spegel: the peer mirror hides that the image is absent',
        ],
        useless: ['a pull secret'],
        mirror: 'yes if the origin fails; remove it if the mirror fails',
      },
      zh: {
        meaning: '镜像仓库、令牌服务或镜像站出错（5xx）',
        works: ['等待后重试', '换一个端点', 'k3s/spegel：节点间镜像站会掩盖镜像不存在'],
        useless: ['配置拉取密钥'],
        mirror: '源站故障有用；镜像站故障则应移除它',
      },
    },
    remedies: ['wait', 'use-mirror', 'remove-mirror'],
    do: ['curl -s -m 10 -o /dev/null -w "%{http_code}\\n" {scheme}://{host}/v2/'],
  },
  'bad-response': {
    group: 'registry',
    move: 'registry',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'what answers is no registry: a web page, portal or dead mirror',
        works: ['fix or remove the mirror or proxy', 'the right port and path'],
        useless: ['a pull secret'],
        mirror: 'another one',
      },
      zh: {
        meaning: '应答方不是镜像仓库：网页、认证门户或失效的镜像站',
        works: ['修复或移除该镜像站或代理', '检查端口和路径'],
        useless: ['配置拉取密钥'],
        mirror: '换一个镜像站',
      },
    },
    remedies: ['fix-mirror', 'fix-registry-address', 'use-mirror'],
    do: ['curl -si -m 10 {scheme}://{host}/v2/'],
  },
  'digest-mismatch': {
    group: 'registry',
    move: 'registry',
    mirrorHelps: 'yes',
    fromEndpoint: true,
    text: {
      en: {
        meaning: 'the content does not have the promised digest or size',
        works: ['bypass or clean the cache', 'pull again', 'remove the partial download on the node'],
        useless: ['dropping the digest pin: never do it silently'],
        mirror: 'switch to another or bypass the one in use',
      },
      zh: {
        meaning: '下载内容的摘要或大小与声明不符',
        works: ['绕过或清理缓存', '重新拉取', '清除节点上未完成的下载'],
        useless: ['去掉摘要固定：切勿悄悄这样做'],
        mirror: '换一个镜像站，或绕过当前镜像站',
      },
    },
    remedies: ['clean-cache', 'wait', 'remove-partial-download', 'use-mirror'],
    do: ['crictl rmi {image}'],
  },
} as const satisfies Record<string, ClassInfo>;
