import type { Catalog } from '../catalog.ts';

const restartNote = { none: '', reload: '，重新读取', restart: '，重启运行时' } as const;

export const plan = {
  field: {
    image: '镜像',
    pullPolicy: '拉取策略',
    pullSecret: '拉取凭据',
    env: '环境变量',
  },
  replacePods: (pods) => `删除 ${pods}，由控制器重建`,
  upgrade: (values) => `helm upgrade，设置 ${values}`,
  upgradeFlat: 'helm upgrade，以已保存的清单代替其 chart',
  noHooks: '不运行 chart 的 hook',
  nextUpgrade: (values) => `下次 helm upgrade 时请加上：${values}`,
  notByValues: (why) => `不通过 release 的 values: ${why}`,
  valuesRefusals: {
    'no-helm': '这里没有 helm',
    'no-right': '无法读取',
    unfinished: '未完成',
    'no-chart': '无法取得其 chart',
    'no-value': '没有任何 value 能改变该镜像；helm upgrade 可用 --post-renderer pullmend',
    'other-changes': '升级还会更改',
    edited: '升级会覆盖他人所做的更改',
    'older-helm': '由 Helm 4 创建，而这里的 helm 较旧',
    login: '还必须更改',
    fails: 'helm 拒绝',
  },
  recreate: '换新镜像后重建',
  pullSecret: (host) => `${host} 的拉取凭据`,
  nodeFiles: (node, files, mirrors, restart) =>
    `${node}${mirrors === '' ? '' : ` 请求镜像站 ${mirrors}`}：${files}${restartNote[restart]}`,
  pullOnNodes: (nodes) => `由 ${nodes} 拉取`,
  nameOnNodes: (sources, nodes) => `由 ${nodes}拉取 ${sources}，并在节点上以原名命名`,
  loadOnNodes: (nodes, bytes, throughApi) =>
    bytes === ''
      ? `在 ${nodes} 上命名（届时已有各层）`
      : `发送到 ${nodes}：${bytes}（节点缺少的部分${throughApi ? '，经过 API Server' : ''}）`,
  defaultClass: (claims) => `设为默认 StorageClass，${claims}`,
  ofCluster: '镜像之外：',
  noDefaultClass: '不再是默认 StorageClass',
  copy: (mirror) => `复制到 ${mirror}`,
  madeNow: '现在复制',
  lines: (numbers) => `第 ${numbers.join('、')} 行`,
  overwrittenBy: (what) => `之后会被 ${what} 覆盖`,
  loss: {
    'completed-pods': (_names, pods) => `会丢失已完成的 ${pods}及其日志`,
    'running-containers': (names, pods) =>
      `会停止正在运行的容器：${names === '' ? `${pods}中的容器` : names}`,
    'guarded-pods': (_names, pods, guard) =>
      `会重启 ${pods}（目前健康），而 PodDisruptionBudget ${guard} 不允许中断`,
    'node-files': (names) => `会修改节点上的文件：${names}`,
    'default-class': (names) => `此后未指定类的新 PVC 只会使用 ${names}`,
    'runtime-restart': (names) => `会重启节点上的 ${names}：容器继续运行，几秒内无法启动新容器`,
  },
  follows: (objects, keeper) =>
    `${objects} 的镜像取自该处${keeper === '' ? '' : `；直接修改它会被 ${keeper} 改回`}`,
  keptBy: (who, does) =>
    does === ''
      ? `${who} 会在对象中保留旧名称：请在其来源处修改；在此之前由这一改动维持`
      : `${who} ${does}：请在其来源处修改；在此之前由这一改动维持`,
  copyQuestion: (image, copy, mirror) =>
    `${image}：没有什么能证明公共镜像站 ${mirror} 的 ${copy} 是同一个镜像。这一次使用它？`,
  lossQuestion: (object, loss) => `${object}：${loss}。继续？`,
  replaces: (pods) => `控制器会替换正在运行的 ${pods}`,
  onlyPolicy: '节点上已有该镜像，直接用它启动；之后不再跟随会变动的 tag，没有该镜像的节点仍无法拉取',
  untried: {
    webhook: (words) => `有一个 webhook 无法试运行：${words}`,
    quota: (words) => `旧对象删除后配额才够用：${words}`,
    pods: (words) => `无法试建其 Pod：${words}`,
    'put-back': (words) => `旧对象将无法再次创建：${words}`,
    refused: (words) => `集群目前会拒绝：${words}`,
  },
  lossLeftOut: (object, flag) => `跳过：${object}（如确认，请加 ${flag}）`,
  lossDeclined: (object) => `跳过：${object}`,
  reach: (where) => `方案：${where}`,
  inPlaces: (changes, places) => `${changes}，涉及 ${places}`,
  nothingLost: '无破坏性操作',
  destructive: (n) => `${n} 处破坏性操作（逐个确认）`,
  unverified: (n) => `${n} 个未核实的副本`,
  shouldStart: (pods) => `预计 ${pods} 可以启动`,
  nothing: '方案：目前没有能做的改动',
  written: (path, program) => `方案已写入 ${path} · ${program} apply ${path}`,
  diff: {
    delete: (object) => `删除 ${object}`,
    secret: (namespace, host) => `命名空间 ${namespace} 中 ${host} 的凭据 Secret（内容不显示）`,
    copy: (target, digest) => `${target}，digest 为 ${digest}`,
    values: (release) => `加入 ${release} 的 values`,
    absent: '（未设置）',
  },
} as const satisfies Catalog['plan'];
