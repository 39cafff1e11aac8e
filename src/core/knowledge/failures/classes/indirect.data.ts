import type { ClassInfo } from './class-info.ts';

export const indirectClasses = {
  unknown: {
    group: 'none',
    move: 'you',
    mirrorHelps: 'maybe',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'the cluster no longer holds the cause, or the text is not known',
        works: [
          'look again at its next attempt, within five minutes',
          'try the pull on the node: it shows the cause',
          "read the runtime's log on the node",
        ],
        useless: ['guessing', 'changing something before the cause is known'],
        mirror: 'perhaps; the cause decides',
      },
      zh: {
        meaning: '集群中已没有失败原因，或无法识别该文本',
        works: ['五分钟内会再次尝试：届时再看', '在节点上手动拉取：会显示原因', '查看节点上运行时的日志'],
        useless: ['猜测', '原因未明就改动'],
        mirror: '不确定，取决于原因',
      },
    },
    remedies: ['retry-pull', 'read-runtime-log'],
    do: ['kubectl -n {namespace} describe pod {pod}', 'crictl pull {image}'],
  },
  'dependent-storage': {
    group: 'indirect',
    move: 'you',
    mirrorHelps: 'maybe',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'the pod waits for a volume; its provisioner may lack an image',
        works: [
          "look at the pods of the volume's provisioner",
          'local-path, openebs: the image of the helper pod',
        ],
        useless: ['restarting the pod that waits'],
        mirror: "yes if the provisioner's image does not arrive",
      },
      zh: {
        meaning: 'Pod 在等存储卷；其供应者可能拉不到镜像',
        works: ['检查该卷供应者（provisioner）的 Pod', 'local-path、openebs：检查辅助 Pod 的镜像'],
        useless: ['重启正在等待的 Pod'],
        mirror: '若供应者的镜像拉不到则有用',
      },
    },
    remedies: ['fix-provisioner', 'fix-helper-image'],
    do: ['kubectl -n {namespace} describe pvc', '{program} diagnose -A'],
  },
  'no-storage-class': {
    group: 'indirect',
    move: 'you',
    mirrorHelps: 'no',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'the claim names no StorageClass and there is no default one',
        works: ['mark one StorageClass as default', 'install a provisioner'],
        useless: ['a mirror', 'restarting the pod'],
        mirror: 'no',
      },
      zh: {
        meaning: 'PVC 没有指定 StorageClass，集群也没有默认的',
        works: ['把一个 StorageClass 设为默认', '安装存储供应者'],
        useless: ['换镜像站', '重启 Pod'],
        mirror: '无用',
      },
    },
    remedies: ['set-default-storage-class', 'install-provisioner'],
    do: ['kubectl annotate storageclass NAME storageclass.kubernetes.io/is-default-class=true'],
  },
  'dependent-node': {
    group: 'indirect',
    move: 'node',
    mirrorHelps: 'maybe',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'the node lacks its network or CSI plug-in',
        works: ['look at the CNI or CSI pod of that node first: can it pull?'],
        useless: ['restarting the pods that wait'],
        mirror: "yes if the plug-in's image does not arrive",
      },
      zh: {
        meaning: '节点缺少网络插件（CNI）或存储插件（CSI）',
        works: ['先看该节点的 CNI 或 CSI Pod：能否拉取镜像'],
        useless: ['重启正在等待的 Pod'],
        mirror: '若插件的镜像拉不到则有用',
      },
    },
    remedies: ['fix-node-plugin'],
    do: ['kubectl get pods -A -o wide --field-selector spec.nodeName={node}'],
  },
  'dependent-webhook': {
    group: 'indirect',
    move: 'you',
    mirrorHelps: 'maybe',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'an admission webhook does not answer, so no pod can be made',
        works: [
          "look at the pods behind the webhook's Service",
          'open the firewall from the API server to it',
        ],
        useless: ['restarting what was refused'],
        mirror: "yes if the webhook's image does not arrive",
      },
      zh: {
        meaning: '准入 webhook 没有应答，因此无法创建 Pod',
        works: ['检查 webhook 的 Service 背后的 Pod', '放行 API Server 到它的网络'],
        useless: ['重启被拒绝的工作负载'],
        mirror: '若 webhook 的镜像拉不到则有用',
      },
    },
    remedies: ['fix-webhook', 'open-webhook-port'],
    do: ['kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'],
  },
  'dependent-install': {
    group: 'indirect',
    move: 'you',
    mirrorHelps: 'maybe',
    fromEndpoint: false,
    text: {
      en: {
        meaning: 'an installer gave up waiting; one of its pods may lack an image',
        works: [
          'look at the pods and hook Jobs of the release',
          'mend the image, then repeat the install or roll back',
        ],
        useless: ['repeating the install before the image is mended'],
        mirror: 'yes if one of its images does not arrive',
      },
      zh: {
        meaning: '安装程序等待超时；可能是其中某个 Pod 拉不到镜像',
        works: ['检查该发布的 Pod 和钩子 Job', '先解决镜像，再重新安装或回滚'],
        useless: ['镜像未解决就重复安装'],
        mirror: '若其中某个镜像拉不到则有用',
      },
    },
    remedies: ['fix-release-pods', 'repeat-install'],
    do: ['{program} diagnose -n {namespace}'],
  },
} as const satisfies Record<string, ClassInfo>;
