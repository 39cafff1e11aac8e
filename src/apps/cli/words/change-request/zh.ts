import type { Texts } from '../../../../core/i18n/index.ts';
import type { en } from './en.ts';

export const zh = {
  title: '变更申请：无法拉取的镜像',
  summary: '概要',
  risk: '风险',
  changes: '改动（按此顺序）',
  check: '如何验证',
  back: '执行与撤销',
  left: '未处理',
  none: '目前没有可做的改动。',
  table: {
    image: '镜像',
    cause: '原因',
    pods: 'Pod 数',
    by: '替换为',
    same: '内容',
    object: '对象',
    why: '原因说明',
  },
  identity: { same: '相同', different: '另一个镜像', unverified: '未证明相同' },
  notLost: '不会永久丢失任何内容：运行中的容器只会由其控制器换成新的。',
  lost: (object, what) => `${object}${what}；会单独询问，未同意则跳过`,
  replaced: (object, pods) => `${object}：控制器按自身的限制替换正在运行的 ${pods}`,
  note: (object, note) => `${object}：${note}`,
  follows: (ids) => `在 ${ids} 的 Pod 运行之后开始，最多等一分钟`,
  unproved: (n) => `${n} 个副本未证明是同一个镜像`,
  proof: (object, container, image) => `${object}：容器 ${container} 运行 ${image}`,
  claims: (object) => `${object}：等待的 PVC 得到存储类`,
  proofs: '每一项都以 kubelet 的报告为准。未能及时验证的改动会立即撤销，有效的保留。',
  undo: '运行记录保存在集群里。只恢复仍为本次所写内容的字段。',
  written: (file) => `变更申请已写入 ${file}`,
} as const satisfies Texts<typeof en>;
