import type { DomainWords } from '../catalog.ts';

function by(detail: string | undefined): string {
  return detail === undefined ? '它的管理者' : detail;
}

export const unmended = {
  'no-copy': {
    why: () => '',
    do: (p) =>
      p.copyTo === undefined
        ? `请复制到节点能访问的镜像站，或在能读取它的机器上执行 ${p.program} fix（HTTPS_PROXY、docker login）：会从那里发送到节点；查看各镜像站的应答：`
        : `请在能访问其来源的机器上复制，再执行 ${p.program} fix；最后一条查看各镜像站的应答：`,
  },
  'name-taken': {
    why: (p) => `不同的镜像在该镜像站上会得到同一个名字，${p.detail ?? p.image}`,
    do: () => '请自行以能区分的名字复制，或为该镜像站换一种命名规则；各镜像站的应答：',
  },
  'mirrors-fail': {
    why: () => '',
    do: (p) => `请先修好镜像站，再执行 ${p.program} fix；看看哪里有问题：`,
  },
  'only-different': {
    why: (p) => `只有 digest 与原镜像不同的副本${p.detail === undefined ? '' : `: ${p.detail}`}`,
    do: () => '请先比对；如果确实要用另一个镜像，请明确允许：',
  },
  'only-unverified': {
    why: (p) => `有副本，但无法证明是同一个镜像${p.detail === undefined ? '' : `: ${p.detail}`}`,
    do: () => '如果信任这个镜像站，请明确允许：',
  },
  'mirror-useless': {
    why: () => '这种情况换镜像站没有用',
    do: () => '请先消除上面的原因；Pod 详情：',
  },
  'invalid-name': {
    why: () => '镜像名不合法',
    do: (p) => `请在 ${p.object} 中改正：`,
  },
  'never-pull': {
    why: () => 'imagePullPolicy 是 Never, kubelet 不会拉取',
    do: (p) => `请在节点上导入镜像，或修改 ${p.object} 的拉取策略：`,
  },
  managed: {
    why: (p) =>
      p.does === undefined ? `${by(p.detail)} 会把镜像改回旧值` : `它由 ${by(p.detail)} 管理，${p.does}`,
    do: (p) =>
      p.source === undefined
        ? `请在 ${by(p.detail)} 中修改镜像；具体的对象和字段：`
        : `请在它的来源 ${p.source} 中修改；下面是为其检出目录 DIR 生成补丁的命令，合并之前可先处理节点：`,
  },
  reverted: {
    why: (p) => `${by(p.detail)} 在之前一次修复后很快把 ${p.object} 改回了旧镜像，还会再改回`,
    do: () =>
      '请停止它，或在它取镜像名的地方修改；在此之前可在每个节点上把副本改名为原镜像（imagePullPolicy 为 Always 时无效）：',
  },
  admission: {
    why: () => '模板里没有这个镜像，每个新 Pod 在准入时都会再得到旧镜像',
    do: () => '请在它的来源处修改：',
  },
  'owner-unreadable': {
    why: (p) => `无权读取 ${p.object} 的所有者，因此不做改动；缺少的权限：${p.detail ?? 'get'}`,
    do: () => '请用有此权限的账号再执行；查看是否有权限：',
  },
  terminating: {
    why: (p) => `${p.detail ?? p.object} 正在被删除，因此不做改动`,
    do: () => '请等待删除结束，或查看是什么阻止了它：',
  },
  'always-pull': {
    why: (p) =>
      `imagePullPolicy 是 Always，虽然 ${p.detail ?? '节点'} 上已有该镜像，每次启动仍要访问镜像仓库`,
    do: () =>
      '改为 IfNotPresent 即可用已有的镜像启动；之后不再跟随会变动的 tag，没有该镜像的节点仍无法拉取：',
  },
  'always-load': {
    why: (p) =>
      `imagePullPolicy 是 Always${p.detail === undefined ? '' : `，并且 ${p.detail} 会改回`}：可以把镜像送到节点，但每次启动仍要访问镜像仓库`,
    do: (p) => `请在策略的来源处改为 IfNotPresent，再执行 ${p.program} fix；在对象中：`,
  },
  'always-admission': {
    why: (p) =>
      `${p.detail ?? '节点'} 上已有该镜像，${p.object} 也没有要求 imagePullPolicy 为 Always：是准入控制（AlwaysPullImages 插件或 webhook）给每个 Pod 加上的，改对象里的策略没有用`,
    do: () => '镜像仓库或节点上为其配置的镜像站必须可用；该插件由 API Server 的管理者决定；现有的 webhook：',
  },
  'static-pod': {
    why: () => '静态 Pod 的定义是节点上的文件，不在 API 里',
    do: (p) =>
      `请修改节点${p.detail === undefined ? '' : ` ${p.detail} `}上的清单文件（通常在 /etc/kubernetes/manifests）；目前的镜像：`,
  },
  'ephemeral-container': {
    why: () => '临时容器（ephemeral container）创建后不能修改',
    do: () => '请用能拉到的镜像新建一个：',
  },
  paused: {
    why: (p) => `${p.object} 处于暂停状态，改动不会生效`,
    do: () => '请恢复它，再执行 fix:',
  },
  partition: {
    why: (p) => `${p.object} 的更新分区（partition）挡住了这些 Pod`,
    do: () => '请调低 partition，再执行 fix:',
  },
  'job-progress': {
    why: (p) => `${p.object} 已完成一部分工作，重建会从头开始`,
    do: () => '如果重做没有害处，请删除它，用镜像站的镜像重新创建：',
  },
  'old-revision': {
    why: (p) => `这些 Pod 属于 ${p.object} 的旧版本`,
    do: () => '请查看有哪些版本，然后完成或回退这次发布：',
  },
  'unknown-owner': {
    why: (p) => `pullmend 不知道 ${p.object} 如何指定镜像`,
    do: () => '请在那里修改镜像；位置：',
  },
  'escaped-text': {
    why: () => '镜像名在文件里用了转义或分成多行，不能盲目修改',
    do: () => '请写成一个完整的名字，再执行 fix:',
  },
  'runtime-config': {
    why: () => 'pause 镜像写在容器运行时的配置里，不在 API 里',
    do: (p) =>
      `请在这些节点上改成 ${p.detail ?? '镜像站上的副本'}（containerd: sandbox_image 或 pinned_images.sandbox, CRI-O: pause_image, cri-dockerd: --pod-infra-container-image），然后重启运行时；${p.object}：`,
  },
  'cause-unknown': {
    why: () => '集群里已没有失败原因，盲目修改可能有害',
    do: () => '请让 kubelet 重试一次，再重新诊断：',
  },
  'not-selected': {
    why: () => '已被 --only 排除',
    do: () => '不加 --only 再执行一次，或改用：',
  },
} as const satisfies DomainWords['unmended'];
