import type { Catalog } from '../catalog.ts';

export const help = {
  tagline: '找出容器镜像为什么拉不下来，修好它，并且随时可以撤销。',
  headings: {
    usage: '用法：',
    arguments: '参数：',
    flags: '选项：',
    global: '通用选项：',
    commands: '命令：',
    examples: '示例：',
  },
  start: '从这里开始：',
  more: (program) => `${program} COMMAND --help 查看详情 · 退出码：docs/zh/reference/exit-codes.md`,
  moreFormats: (words, formats) => `${words}；还有 ${formats}`,
  placeholder: { flags: '[flags]', command: 'COMMAND' },
  helpFlag: '显示帮助',
  helpCommand: '显示某个命令的帮助',
  versionFlag: '显示版本',
  flags: {
    kubeconfig: 'kubeconfig 文件（默认：$KUBECONFIG，其次 ~/.kube/config）',
    context: '使用 kubeconfig 中的哪个 context',
    as: '以哪个用户的身份操作',
    asGroup: '以哪个组的身份操作（可重复）',
    requestTimeout: '对 API server 的单个请求最长用时（默认：60s）',
    config: '镜像站配置文件（默认：~/.config/pullmend/config.yaml）',
    lang: '输出语言：en 或 zh（默认：取自系统 locale）',
    color: '不用颜色；设置 NO_COLOR 效果相同',
    debug: '把调用栈打印到 stderr，不含密钥',
    quiet: '只打印最后几行',
    namespace: '只看这个命名空间',
    allNamespaces: '看全部命名空间',
    selector: '只看带这些标签的 Pod，例如 app=web',
    filename: '读取这些文件，而不是集群',
    output: 'table, json 或 yaml（默认：table）',
    out: '写入这个文件（rewrite：把全部清单写入这个目录）',
    inPlace: '直接修改文件；可用 undo 撤销',
    diff: '只打印补丁，不做修改（默认）',
    check: '只列出仍会从原仓库拉取的镜像；有则退出码为 3',
    probe: '只按命名规则改名，不询问任何镜像仓库',
    toOrigin: '改回原来的名字（仅限可逆的命名规则）',
    lock: '把每个镜像固定到仓库给出的摘要',
    include: '目录中只读取匹配的文件；可重复指定',
    exclude: '跳过目录中匹配的文件和目录；可重复指定',
    indirect: '也包括由控制器放进 Pod 的镜像（默认）',
    noIndirect: '只处理 kubelet 直接拉取的镜像',
    followLinks: '跟随指向所读目录之外的链接',
    withProbe: '从失败的节点和本机探测断在哪一步；会在 kube-system 中启动调试 Pod',
    predict: '指出运行中的哪些镜像已经拉不到；每个镜像询问仓库一次',
    clusterNodes: '按集群各节点的平台检查',
    installerVersion:
      'ks-installer 或 KubeKey 的版本，如 v3.4.1（默认：以文件为准；KubeKey 取已知的最新版本）',
    setRegistry: '镜像站有全部镜像时，设置 KubeSphere 和 KubeKey 配置中的镜像仓库',
    zone: 'cn：视为以 KKZONE=cn 运行 KubeKey',
    explain: '说明这段文本为何是或不是镜像',
    via: '请求哪个服务，见 requests list',
    repo: '该服务在 GitHub 上的仓库',
    create: '用 GITHUB_TOKEN 中的令牌通过 GitHub API 提交 issue',
    wait: '一直等到镜像站上出现副本且 digest 核对完毕',
    event: '触发工作流的事件（默认：$GITHUB_EVENT_PATH）',
    allow: '允许请求的镜像列表文件，每行一个匹配式',
    quota: '每人 24 小时内可请求的次数（默认：10）',
    keepLast: '副本项目的每个仓库保留最新的若干标签，其余由 Harbor 每晚删除',
    replicate: '创建复制规则：由 Harbor 自己复制匹配该模式（如 library/*）的镜像，需手动启动',
    robot: '创建只能拉取的机器人账户，其登录信息以 Docker 配置的格式写入这个新文件',
    whole: '对所有符合其命名规则的镜像都使用该镜像站，而不仅是已知存在的镜像（可重复）',
    excludeNamespace: '不改动该命名空间中的 Pod（可重复）',
    remove: '移除策略',
    nodeAccess: '只用这种方式进入节点：local、pod 或 ssh（默认按此顺序使用第一种可行的方式）',
    sshUser: 'SSH 登录用户（默认按本机的 ssh 配置）',
    missing: '只列出 Pod 引用而节点缺少的镜像；有缺少时退出码为 3',
    for: '角色的用途：diagnose、fix、pull-secrets、helm、nodes 或 prevent（可重复）',
    plan: '仅包含该方案各步骤所需的权限',
    subject: '授予谁：用户，或 system:serviceaccount:NAMESPACE:NAME（默认：名为 pullmend 的账号）',
    at: '你的镜像仓库的地址：主机[:端口][/路径]',
    add: '确认后把不属于 “不确定” 的写入配置文件',
    nodes: '同时读取部分节点上容器运行时的设置；会在 kube-system 启动调试 Pod',
    snapshot: '读取这个快照，而不是集群',
    hashNames: '用代号替换命名空间，对象，节点和私有主机的名字',
    every: '两次查看集群的间隔（默认：5s）',
    input: '逐行回答该文件中的 JSON, - 表示标准输入',
    dryRun: '不做任何修改；对集群，只让 API Server 检查每处改动',
    yes: '不再询问；破坏性操作仍会跳过，除非用 --accept-loss 指明',
    acceptLoss: 'KIND/NAMESPACE/NAME：同意对该对象的破坏性操作（可重复）',
    timeout: '给 kubelet 多长时间启动容器（默认：5m）',
    keep: '即使未验证成功也保留改动',
    only: 'image=NAME、namespace=NAME 或 kind=KIND[/NAME]，* 代表任意文本：只为它制定方案（可重复；同一词符合其一即可，不同的词须都符合）',
    releaseChart: '缺少子 chart 的 Helm release 的 chart（目录，.tgz，oci://… 或 REPO/NAME）',
    maxChanges: '改动更多的方案在写入之前就被拒绝',
    allowUnverified:
      '也使用可能是另一个镜像的副本：与已知 digest 不一致，或者来自公共镜像站、或原始仓库否认其存在而无从核实；在终端上也可以只对公共镜像站的某一个副本回答「是」',
    allowNodeChanges:
      '对象无法修复时，让其 Pod 所在的节点请求镜像站；会进入这些节点，在 kube-system 启动调试 Pod',
    source: 'Argo CD 或 Flux 所交付内容的 Git 检出目录：为它写出补丁，检出目录本身不改动（可重复）',
    patch: '补丁写入的文件（默认：pullmend-RUN.patch）',
    knownDigests: '用该文件中的 image@sha256:… 各行比对副本，见 images -o list --digests',
    digests: '与 -o list 一起用：给出各镜像在其仓库中的 digest',
    pullPolicy: '同时设置拉取策略：IfNotPresent 或 Always',
    list: '列出可撤销的运行',
    platform: '副本必须具备的，或只复制的 os/arch[/variant]（可重复）',
    to: '可写镜像站的名称：副本按它的规则命名',
    plainHttp: '只支持明文 HTTP 的 host[:port]（可重复）',
    chart: 'Helm chart（目录，.tgz，oci://… 或仓库中的名称），用 PATH 或 $PULLMEND_HELM 中的 helm 渲染',
    values: 'chart 的 values 文件；后面的优先',
    set: 'chart 的一个值，写法与 helm 相同；可重复',
    chartVersion: 'helm 拉取 chart 时的版本',
    chartRepo: '该 chart 所在仓库的 URL',
    skipSchemaValidation: '不按 chart 的 schema 检查 values（Helm 3.16 或更新版本）',
    kubeVersion: '渲染 chart 时假定的集群版本，例如 v1.33.0',
    vendor: '同时写出一份 chart 副本，其中无法用 values 改名的镜像已被替换',
    helmPlugin: '把运行本命令的 Helm 4 插件写入该目录，不读取任何内容',
    kustomize: 'kustomization 目录，用 PATH 中的 kustomize 或 kubectl 构建',
    enableHelm: '允许 kustomize 渲染该 kustomization 引用的 chart',
    release: '已安装的 Helm release',
    fromCluster: '集群中的工作负载，Pod, ConfigMap 和自定义资源',
    node: '该节点运行时已有的镜像，以及其 Pod 使用的镜像',
    fromFile: '镜像清单，写法同 sync；- 为标准输入',
    have: '省略目标处已有的内容：之前离线包的索引，或 digest 列表',
    registry: '为该仓库的镜像设置镜像站（可重复；默认：各镜像站所涉及的仓库）',
    pauseImage: '同时设置 Pod 沙箱的镜像',
    image: '查询该镜像（可重复；默认：Pod 使用的每个仓库各一个）',
    format: 'ansible 或 cloud-init（默认：ansible）',
    runtime: 'containerd，crio，dockerd 或 k3s（默认：containerd）',
    volumeSize: '分卷的最大尺寸，例如 700MB 或 4GiB（默认：略小于 4GiB）',
    referrers: '同时复制引用该镜像的内容：签名，SBOM',
  },
  /** What a flag means in some commands alone. */
  here: {
    clusterDryRun: 'server：由 API server 检查每处改动；client：只生成方案；都不做改动（不带值时为 server）',
    undoDryRun: '说明会恢复什么，并由 API server 检查；不做改动',
    copyDryRun: '说明会复制什么，不复制',
    rmDryRun: '说明将去掉什么，进入节点，不做改动',
    pullDryRun: '说明将做什么，进入节点，不拉取',
    loadDryRun: '进入各节点并说明会发送什么，不发送',
    writeDryRun: '说明会写入什么，不写入',
    harborDryRun: '说明会在 Harbor 上创建什么，不创建',
    waitTimeout: '等待副本的最长时间（默认：30m）',
    sendYes: '提交 issue 前不再询问',
    rolesOut: '把清单写入该文件（默认输出到标准输出）',
    policyOut: '把策略以清单形式写入该文件，不改动集群',
    makeYes: '创建或写入前不再询问',
    undoYes: '撤销前不再询问',
    bundleTo: '可写镜像站的名称，或 主机/路径',
    findPlatform: '副本必须具备的 os/arch[/variant]（可重复）',
    copyPlatform: '只复制这个 os/arch[/variant]（可重复；默认全部）',
    nodePlatform: '节点的 os/arch[/variant]（可重复；默认 linux/amd64）',
    reportOut: '把报告写入这个文件；后缀决定格式：.html、.md、.json、.yaml',
    generateOut: '写入该文件（默认：标准输出）',
    planOut: '把方案写入这个文件；.md 和 .html 为变更申请',
    snapshotOut: '写入这个文件；.gz 会压缩（默认输出到标准输出）',
    rewriteOut: '把全部清单写入这个目录；与 --chart 同用时，把 values 写入这个文件',
    draftOut: '按配置文件的格式把结果写入这个文件',
    bundleOut: '离线包的路径和名字',
    unprobed: '不询问任何镜像仓库',
    sourceFiles: '要读取的文件或目录，同参数；与 --chart 同用时是它的 values 文件，后面的优先',
    waitUnverified: '也接受 digest 不一致的副本，或公共镜像站上无法核实的副本',
    imagesNamespace: 'release、chart 或集群的命名空间',
    configurationFiles: '读取这些 KubeKey 或 KubeSphere 配置，而不是集群',
    bundleFiles: '取这些清单中的镜像',
  },
  partExamples: {
    knowledgeList: [{ say: '全部', run: 'knowledge list' }],
    knowledgeShow: [{ say: '以一个为起点', run: 'knowledge show prometheus-operator -o yaml' }],
    knowledgeCheck: [{ say: '自己的文件', run: 'knowledge check my-operator.yaml' }],
    mirrorsList: [
      { say: '有哪些配置', run: 'mirrors list' },
      { say: '供程序使用', run: 'mirrors list -o json' },
    ],
    mirrorsCheck: [
      { say: '全部', run: 'mirrors check' },
      { say: '只检查一个', run: 'mirrors check company-proxy' },
    ],
    mirrorsDiscover: [
      { say: '集群在使用哪些', run: 'mirrors discover' },
      { say: '确认后写入配置文件', run: 'mirrors discover --add' },
      { say: '也查看节点的设置', run: 'mirrors discover --nodes' },
      { say: '来自 KubeKey 配置', run: 'mirrors discover -f config-sample.yaml' },
    ],
    mirrorsAdd: [
      { say: '有哪些，及其条款', run: 'mirrors add' },
      { say: '你的 Harbor', run: 'mirrors add harbor --at harbor.corp' },
      { say: '先看一看', run: 'mirrors add daocloud --dry-run' },
    ],
    mirrorsSetup: [
      { say: '先看一看', run: 'mirrors setup --dry-run' },
      { say: '带一个只能拉取的机器人账户', run: 'mirrors setup --robot pull-login.json' },
    ],
    mirrorsExplain: [
      { say: '在镜像站上叫什么', run: 'mirrors explain nginx:1.27' },
      { say: '这是什么的副本', run: 'mirrors explain harbor.corp/proxy/library/nginx:1.27' },
    ],
    requestsList: [{ say: '各服务及其条款', run: 'requests list' }],
    requestsAnswer: [
      { say: '在服务的工作流里', run: 'requests answer --to copies --allow allow.txt --quota 10' },
    ],
    requestsRefresh: [
      { say: '每天一次', run: 'requests refresh --to copies' },
      { say: '先看一看', run: 'requests refresh --to copies --dry-run' },
    ],
    bundleCreate: [
      { say: '一次安装的全部镜像', run: 'bundle create -f deploy/ --out usb/shop' },
      { say: '按名字', run: 'bundle create nginx:1.27 redis:7 --out usb/web' },
      { say: '只带上次之后新增的', run: 'bundle create -f deploy/ --have shop.json --out shop-2' },
    ],
    bundleLoad: [
      { say: '导入到项目', run: 'bundle load usb/shop --to harbor.corp/library' },
      { say: '先看一看', run: 'bundle load usb/shop --to harbor.corp/library --dry-run' },
    ],
    bundleVerify: [{ say: '带走之前', run: 'bundle verify usb/shop' }],
    nodeImages: [
      { say: '所有节点已有的镜像', run: 'node images' },
      { say: '只看缺少的', run: 'node images --missing' },
    ],
    nodePs: [
      { say: '所有节点上的容器', run: 'node ps' },
      { say: '一个节点', run: 'node ps node1' },
    ],
    nodeLoad: [
      { say: '发送到所有节点', run: 'node load docker.io/library/nginx:1.27' },
      { say: '把归档发送到一个节点', run: 'node load docker-archive:app.tar node1' },
      { say: '查看需要发送多少', run: 'node load quay.io/minio/minio:latest --dry-run' },
    ],
    nodePull: [
      { say: '所有节点', run: 'node pull quay.io/minio/minio:latest' },
      { say: '一个节点', run: 'node pull docker.io/library/nginx:1.27 node1' },
    ],
    nodeAlias: [
      {
        say: '以 Pod 引用的名字提供副本',
        run: 'node alias harbor.corp/library/nginx:1.27 docker.io/library/nginx:1.27',
      },
    ],
    nodeRm: [{ say: '从所有节点', run: 'node rm docker.io/library/nginx:1.27' }],
    configShow: [{ say: '所有节点的设置', run: 'node config show' }],
    configPlan: [
      { say: '将写入的内容', run: 'node config plan' },
      { say: '留待以后执行', run: 'node config plan node1 --out plan.yaml' },
    ],
    configApply: [
      { say: '所有节点，询问一次', run: 'node config apply' },
      { say: '一个仓库，一个节点', run: 'node config apply node1 --registry docker.io' },
      { say: '更换 pause 镜像', run: 'node config apply --pause-image harbor.corp/k8s/pause:3.10' },
    ],
    configCheck: [
      { say: '所有节点', run: 'node config check' },
      { say: '用指定的镜像', run: 'node config check node1 --image docker.io/library/nginx:1.27' },
    ],
    configRestore: [{ say: '恢复在某节点上写入的内容', run: 'node config restore node1' }],
    configGenerate: [
      { say: '用于 playbook', run: 'node config generate --out mirrors.yaml' },
      { say: '用于新机器', run: 'node config generate --format cloud-init --runtime k3s' },
    ],
    bundleDiff: [
      { say: '两个离线包', run: 'bundle diff usb/shop usb/shop-2' },
      { say: '与某处已有的比较', run: 'bundle diff usb/shop --have shop.json' },
    ],
  },
  arguments: {
    objects: '要看的对象，例如 deployment/web；不写则看全部',
    plan: '方案文件，- 表示标准输入',
    run: '要撤销的运行；不写则取最近一次',
    image: '镜像名，写法同清单文件',
    operator: 'operator 的名称',
    operatorFiles: '描述 operator 的文件',
    owned: '任意类型的一个对象，例如 deployment/web 或 prometheus/main',
    mirrors: '镜像站名称；不写则为全部',
    copies:
      '一个或多个镜像，最后是目标：镜像名，或以 / 结尾的路径；也可写 oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE',
    imageList: '镜像清单文件，- 为标准输入',
    bundle: '离线包：--out 所给的路径和名字',
    bundles: '两个离线包，或一个加 --have',
    bundled: '要搬运的镜像',
    removed: '运行给节点的镜像名',
    pulled: '节点能访问的镜像名',
    aliased: '副本的名字，节点已有或能拉取',
    alias: '在其原名之外得到的名字',
    loaded: '镜像名，或 oci-archive:FILE:NAME，docker-archive:FILE:NAME，oci:DIR:NAME',
    preset: '预设名；不写则列出全部',
    images: '镜像名，原名或副本名均可',
    manifests: '文件，或目录（其中所有 .yaml, .yml 和 .json 文件）',
    nodes: '节点名；不写则为全部节点',
    preflight: '清单或安装器配置的文件和目录，或带标签的镜像',
    message: '要解释的信息；不写则读标准输入',
  },
  commands: {
    diagnose: {
      summary: '哪些镜像拉不下来，为什么',
      about: '读取 Pod，事件和拉取凭据，给出每个拉取失败的镜像的原因。不做任何改动。',
      examples: [
        { say: '整个集群', run: 'diagnose -A' },
        { say: '一个工作负载', run: 'diagnose -n shop deployment/web' },
        { say: '安装文件，在安装之前', run: 'diagnose -f kubesphere-installer.yaml' },
        { say: '带关系图的报告，单个文件', run: 'diagnose -A --out report.html' },
        { say: '从节点看断在哪一步', run: 'diagnose -n shop --probe' },
        { say: 'Pod 换节点后会失败的镜像', run: 'diagnose -A --predict' },
      ],
    },
    watch: {
      summary: '在屏幕上持续更新诊断',
      about:
        '反复查看集群，标出新增，变化和不再失败的镜像。没有终端时每个变化写一行；-o json 时每行一个文档。不做任何改动。',
      examples: [
        { say: '整个集群', run: 'watch -A' },
        { say: '某个命名空间的变化，供程序使用', run: 'watch -n shop -o json' },
      ],
    },
    snapshot: {
      summary: '把诊断所需的内容写入一个文件，不含密钥',
      about:
        '读取 diagnose 所读的内容，只保留能说明镜像为何拉取失败的部分：不含 Secret，环境变量的值和各种工具的注解。之后可以在任何地方离线诊断。不做任何改动。',
      examples: [
        { say: '整个集群', run: 'snapshot -A --out snapshot.json.gz' },
        { say: '交给别人', run: 'snapshot -A --hash-names --out snapshot.json' },
        { say: '在另一台机器上读取', run: 'diagnose --snapshot snapshot.json.gz' },
      ],
    },
    explain: {
      summary: '解释一条信息或一段日志',
      about:
        '在文本中找出与镜像有关的信息：单条信息，或 kubectl describe, get events, get pod, helm, crictl, docker, podman, nerdctl, kubeadm, kk 的输出（事件也可为 JSON 或 YAML），控制台表格中的行，以及 kubelet, containerd, CRI-O, docker 的日志。说明每个镜像的问题和有效办法；最终拉取成功的不列出。也可解释类别名或错误代码。不需要集群。',
      examples: [
        { say: '一条信息', run: "explain 'dial tcp: lookup registry.example.com: no such host'" },
        { say: '某个 Pod 的全部信息', run: 'explain < described-pod.txt' },
        { say: '一个类别，或一个错误代码', run: 'explain rate-limited' },
        { say: '大量信息，供程序使用', run: 'explain --input messages.jsonl -o jsonl' },
      ],
    },
    plan: {
      summary: '说明将做什么，不做改动',
      about:
        '诊断，向镜像站询问副本，写出将要做的改动。方案是纯数据：可以阅读，编辑，以后或在另一台机器上执行。',
      examples: [
        { say: '把方案写入文件', run: 'plan -A --out plan.yaml' },
        { say: '以 JSON 输出方案', run: 'plan -n shop -o json' },
        { say: '修改安装文件的方案', run: 'plan -f installer.yaml --out plan.yaml' },
      ],
    },
    apply: {
      summary: '执行方案并验证',
      about: '执行方案，等待 kubelet 把容器启动起来，未验证成功的改动会回滚。',
      examples: [
        { say: '执行看过的方案', run: 'apply plan.yaml' },
        { say: '先让集群检查一遍', run: 'apply plan.yaml --dry-run' },
        { say: '在流水线里，不询问', run: 'apply plan.yaml --yes --timeout 10m' },
      ],
    },
    fix: {
      summary: '一步到位：诊断，找副本，确认，修改，验证',
      about:
        '诊断，在你的镜像站上找到每个镜像可用的副本，展示方案，询问，修改工作负载，并验证 Pod 确实启动。未验证成功的改动会回滚。',
      examples: [
        { say: '所有拉取失败的镜像', run: 'fix -A' },
        { say: '一个命名空间，不询问', run: 'fix -n shop --yes' },
        { say: '看集群是否会接受', run: 'fix -A --dry-run' },
      ],
    },
    undo: {
      summary: '撤销一次运行',
      about:
        '凡是仍为 pullmend 所写值的字段都恢复原样。之后被人改过的字段只报告，不动。不写名字时是该命名空间（-n, -A）里最近的一次。',
      examples: [
        { say: '该命名空间里最近一次运行', run: 'undo' },
        { say: '有哪些运行', run: 'undo --list' },
        { say: '指定运行，不询问', run: 'undo r-7f3a --yes' },
      ],
    },
    find: {
      summary: '镜像在哪里有可用的副本',
      about: '向源站和每个镜像站询问清单（manifest），平台和 digest. 不需要集群。',
      examples: [
        { say: '哪些镜像站有它', run: 'find quay.io/prometheus/node-exporter:v1.8.2' },
        { say: '只看一个平台', run: 'find nginx:1.27 --platform linux/arm64' },
      ],
    },
    knowledge: {
      summary: '各 operator 的镜像在哪里设置',
      about:
        '列出已知的 operator，以及其每个镜像由哪里决定。放在 ~/.config/pullmend/operators 中的自己的文件优先于内置的描述。',
      list: '列出已知的 operator',
      show: '某个 operator 的每个镜像在哪里设置；-o yaml 可作为自己文件的起点',
      check: '检查描述 operator 的文件',
      examples: [
        { say: '全部', run: 'knowledge list' },
        { say: '以一个为起点', run: 'knowledge show prometheus-operator -o yaml' },
        { say: '自己的文件', run: 'knowledge check my-operator.yaml' },
      ],
    },
    owner: {
      summary: '对象归谁管，修改能否保留',
      about:
        '从 Pod 或任意对象出发，一直找到该由人修改的地方：所有者，自定义资源及执行它的程序，Helm release，Argo CD，Flux，OLM，静态 Pod，webhook。说明修改会保留还是会被改回，依据是什么，以及每个镜像由哪个对象的哪个字段决定。不做任何改动。',
      examples: [
        { say: '谁会把修改改回去', run: 'owner deployment/web -n shop' },
        { say: 'Pod 的镜像由哪里决定', run: 'owner pod/prometheus-k8s-0 -n monitoring' },
      ],
    },
    images: {
      summary: '列出文件，chart，集群或节点中的每个镜像',
      about:
        '读取清单文件，Helm 或 kustomize 渲染的结果，已安装的 release，集群或节点，列出每个镜像及其位置：kubelet 直接拉取的，以及控制器从环境变量，参数，自定义资源和 ConfigMap 中取用的。不访问镜像仓库。列表可交给 sync.',
      examples: [
        { say: '目录中的全部镜像', run: 'images deploy/' },
        { say: '用自己的 values 渲染 chart', run: 'images --chart ./chart -f values.yaml' },
        { say: '集群中运行的全部镜像', run: 'images --from-cluster -A' },
        { say: '每行一个名字，供 sync 或脚本使用', run: 'images operator.yaml -o list' },
        { say: '它是镜像吗？', run: 'images operator.yaml --explain cache-server:8080' },
      ],
    },
    preflight: {
      summary: '安装之前检查哪些镜像可以获取',
      about:
        '列出清单，chart, KubeSphere 和 KubeKey 配置将要拉取的镜像，逐一询问源仓库和镜像站，并给出补齐缺口的命令。有缺失时退出码为 3.',
      examples: [
        { say: '在 kubectl apply 之前', run: 'preflight cluster-configuration.yaml installer.yaml' },
        { say: 'KubeKey 会拉取什么', run: 'preflight config-sample.yaml --no-probe' },
        { say: '直接给出镜像，节点为 arm', run: 'preflight nginx:1.27 redis:7 --platform linux/arm64' },
      ],
    },
    rewrite: {
      summary: '把安装文件中的镜像改为镜像站的名字',
      about:
        '只替换清单中的镜像名，其余每个字节保持不变。改名之前先询问镜像站是否有该镜像。不加 --in-place 或 --out 时只打印补丁。',
      examples: [
        { say: '查看补丁', run: 'rewrite deploy/' },
        { say: '直接修改，不询问任何镜像仓库', run: 'rewrite installer.yaml --in-place --no-probe' },
        { say: '在流水线中检查：是否还有镜像来自外部？', run: 'rewrite deploy/ --check' },
        {
          say: 'chart：用最少的 values 改动每个镜像',
          run: 'rewrite --chart ./chart -f values.yaml -o override.yaml',
        },
        { say: 'kustomization: images 条目和补丁', run: 'rewrite --kustomize overlays/prod' },
      ],
    },
    postRender: {
      summary: '把渲染后的清单中的镜像改为镜像站的名字',
      about:
        '从标准输入读取清单，按镜像站的命名规则改名后写到标准输出。适用于无法用 values 改名的 chart. Helm 3 直接使用本程序：--post-renderer pullmend --post-renderer-args post-render. Helm 4 使用插件：--post-renderer pullmend.',
      examples: [
        { say: '查看 Helm 将要安装的内容', run: 'post-render < rendered.yaml' },
        {
          say: '用于 Helm 4，之后执行：helm plugin install ./plugin',
          run: 'post-render --helm-plugin ./plugin',
        },
      ],
    },
    init: {
      summary: '询问副本从哪里来，并写好配置文件',
      about:
        '询问副本可以从哪里来（集群已在使用的、公共镜像站、自己的镜像仓库、代为复制的服务），试用之后经确认写入配置文件。没有配置镜像站时，fix、plan 和 preflight 也会这样询问。',
      examples: [
        { say: '第一次使用', run: 'init' },
        { say: '写入另一个文件', run: 'init --config ./mirrors.yaml' },
      ],
    },
    node: {
      summary: '为节点送去镜像，并为其设置镜像站',
      about: '直接在节点上工作：本机就是该节点时在本机进行，否则通过调试 Pod，不拉取任何镜像。',
      examples: [
        { say: '各运行时的设置', run: 'node config show' },
        { say: '为所有节点设置镜像站', run: 'node config apply' },
      ],
      images: '列出节点已有的镜像，以及其 Pod 缺少的镜像',
      imagesAbout:
        '向每个节点的运行时查询，不论是哪种运行时：大小、是否固定、同一内容的所有名称；其后是该节点上的 Pod 引用而节点没有的镜像。有节点无法进入时退出码为 4；使用 --missing 且有缺少时退出码为 3。',
      ps: '列出节点上的容器，包括已结束的',
      psAbout:
        '向每个节点的运行时查询，不论是哪种运行时：containerd 的所有命名空间都会列出，因此也包括 docker 和 nerdctl 的容器；并给出每个容器所属的 Pod。不列出 Pod 的 sandbox。',
      load: '把本机能读取的镜像送到节点',
      loadAbout:
        '从本机能读取的地方（代理，登录凭据，归档）读取镜像，以原名送到节点：不需要镜像站，节点也无需访问任何仓库。只发送节点缺少的层，每层为所有节点只读取一次；摘要不变。对于总是拉取的 Pod 无效。undo 会取消该名称。',
      pull: '让节点拉取镜像',
      pullAbout:
        '节点上有 crictl 时经过运行时接口拉取，因此节点的镜像站和登录信息有效，否则使用 ctr；kubelet 会知道它。已有该镜像的节点保持不变。undo 会取消该名称。',
      alias: '给节点上的镜像起第二个名字',
      aliasAbout:
        '与 nerdctl tag 相同，一次作用于所有节点：引用第二个名字的 Pod 用第一个镜像启动。没有副本的节点会先拉取。已指向其他内容的名字绝不覆盖；两者不会被比对，请确认是同一个镜像。对于总是拉取的 Pod 无效。undo 会去掉这次运行给出的名字。',
      rm: '从节点去掉运行给出的名字',
      rmAbout:
        '只去掉 pullmend 给出的名字（以节点上的标记为准），正在运行的容器使用的不去掉；用于记录已丢失而 undo 无法撤销的情况。各层由运行时自行回收。有名字保留时退出码为 3。',
      config: '节点运行时的镜像站设置',
      configAbout:
        '镜像名保持不变，节点上的所有 Pod 和程序都从您的镜像站获取镜像。设置由配置文件中的镜像站得出；文件中原有内容保留，原文件备份在旁边，restore 可逐字节恢复。',
      show: '显示节点的设置，以及其中没有生效的部分',
      plan: '显示将在节点上写入的内容，不做修改',
      apply: '为节点设置镜像站，并检查是否生效',
      applyAbout:
        '写入 containerd 的 hosts.toml（或旧式 mirrors），CRI-O 的附加配置文件，docker 的 daemon.json，k3s 和 RKE2 的 registries.yaml。每个文件要么一次替换完成，要么不变；仅在必要时并在单独确认后重启运行时，若未能启动则恢复原文件。随后每个节点查询一个镜像，并说明请求了哪些服务器。',
      check: '从节点查询镜像，说明请求了哪些服务器',
      restore: '恢复在节点上写入的内容',
      generate: '为 Ansible 或 cloud-init 生成同样的设置',
    },
    mirrors: {
      summary: '列出，检查，添加和搭建镜像站',
      about:
        '显示配置文件中的镜像站，向每个镜像站请求一个真实的清单（manifest），添加常用镜像站，说明它们如何命名一个镜像，或在 Harbor 上创建所需内容。',
      list: '列出配置的镜像站',
      check: '向每个镜像站请求一个真实的清单（manifest），并查出 Harbor 的问题',
      discover: '找出集群已在使用的镜像站',
      discoverAbout:
        '读取 Pod，节点上的镜像，kubeadm 和 KubeSphere 的设置以及拉取密钥的主机，用每一种命名规则核对名字，再用尚未出现过的镜像检验，给出镜像站及其依据和可信程度。给出 -f 时改为读取 KubeKey 和 KubeSphere 的配置文件。添加之前不会使用其中任何一个。',
      add: '把常用镜像站加入配置文件',
      addAbout: '列出常用镜像站的预设及其使用条款，或把其中一个写入配置文件。文件中已有的内容保持不变。',
      setup: '在 Harbor 上创建镜像站所需的项目和代理',
      setupAbout:
        '在 Harbor 上创建配置文件中缺少的代理项目，仓库端点和存放副本的项目。先显示将创建的内容，再询问。不删除，不修改已有内容；已有而不相符的会拒绝。',
      explain: '说明各镜像站如何命名一个镜像',
      explainAbout:
        '显示镜像在每个镜像站上的名字，或该镜像站不提供它的原因；也能由副本名查出原名。不发任何请求。',
      examples: [
        { say: '配置了什么', run: 'mirrors list' },
        { say: '从本机是否可用', run: 'mirrors check' },
        { say: '只看一个', run: 'mirrors check company-proxy' },
        { say: '从集群已在使用的开始', run: 'mirrors discover --add' },
        { say: '从自建的 Harbor 开始', run: 'mirrors add harbor --at harbor.corp' },
        { say: '它在镜像站上叫什么', run: 'mirrors explain nginx:1.27' },
        { say: '创建它的项目和代理', run: 'mirrors setup --dry-run' },
      ],
    },
    copy: {
      summary: '把镜像复制到其他镜像仓库',
      about:
        '逐字节复制镜像，包含所有平台。目标已有的内容不会重传；中断的复制会从断点继续。目标是以 / 结尾的路径时，使用配置中位于该处的镜像站所要找的名字，没有则保留原名。',
      examples: [
        { say: '一个镜像', run: 'copy nginx:1.27 harbor.corp/library/nginx:1.27' },
        { say: '多个镜像，放在同一路径下', run: 'copy redis:7 quay.io/acme/app:v1 harbor.corp/library/' },
        {
          say: '存为供 docker load 使用的文件',
          run: 'copy redis:7 docker-archive:redis.tar --platform linux/amd64',
        },
        { say: '看看会做什么', run: 'copy nginx:1.27 harbor.corp/library/ --dry-run' },
      ],
    },
    sync: {
      summary: '复制清单里的所有镜像',
      about:
        '读取 “源 [目标]” 形式的行，或 image-syncer、regsync、skopeo sync 的文件，只复制有变化的镜像。多个镜像共有的层只传一次。',
      examples: [
        { say: '带目标地址的清单', run: 'sync images.txt' },
        { say: '复制到配置里的镜像站', run: 'sync images.yaml --to company-copies' },
        { say: '供其他程序使用，输出 JSON', run: 'sync - -o json' },
      ],
    },
    request: {
      summary: '向镜像服务请求一个镜像的副本',
      about:
        '给出向镜像服务请求某个镜像的 issue：预填好的链接，或直接提交。加 --wait 会随后在你的镜像站上查找，只认 digest 正确的清单（manifest）。',
      examples: [
        { say: '在浏览器中打开的链接', run: 'request nginx:1.27 --via linuxba' },
        { say: '提交 issue 并等待', run: 'request nginx:1.27 --via linuxba --create --wait' },
        { say: '有哪些服务', run: 'requests list' },
      ],
    },
    requests: {
      summary: '列出镜像请求服务，或自己提供这样的服务',
      about:
        '列出可按请求复制镜像的服务。answer 和 refresh 供你仓库里的工作流使用，以提供同样的服务，见 examples/mirror-service.',
      list: '列出各服务及其条款',
      answer: '处理一个 issue 的请求并回复',
      answerAbout:
        '从工作流事件读取 issue，按允许列表和配额检查，把镜像复制到可写的镜像站，并回复真实的名字和 digest.',
      refresh: '标签有变动时重新复制请求过的镜像',
      refreshAbout: '重新复制最近 100 个请求中的镜像；没有变化的只需一次请求。',
      examples: [
        { say: '各服务', run: 'requests list' },
        { say: '在工作流中', run: 'requests answer --to copies --allow allow.txt --quota 10' },
        { say: '每天一次', run: 'requests refresh --to copies' },
      ],
    },
    bundle: {
      summary: '把镜像搬到无法访问外部镜像仓库的地方',
      about: '把镜像存进文件，用 U 盘或硬盘带走，再写入那边的镜像仓库。两个方向中断后都会从断点继续。',
      create: '把镜像存进离线包',
      load: '把离线包写入镜像仓库',
      verify: '完整读取离线包，指出损坏之处',
      diff: '离线包相比另一个，或相比目标处已有的内容，多出什么',
      examples: [
        { say: '一套安装文件的全部镜像', run: 'bundle create -f deploy/ --out usb/shop' },
        { say: '只带上次之后新增的内容', run: 'bundle create -f deploy/ --have shop.json --out shop-2' },
        { say: '在目标处', run: 'bundle load usb/shop --to harbor.corp/library' },
      ],
    },
    prevent: {
      summary: '让新的 Pod 使用镜像站的名称，无论由谁创建',
      about:
        '在集群中写入一个 MutatingAdmissionPolicy，内容与配置一致：新 Pod 的各处镜像都会得到副本的名称。先向镜像站查询；只有镜像站已有该镜像，或能提供其仓库的全部内容（harbor-proxy、--whole）时，才会更改名称。静态 Pod 保持不变。该策略不会阻止任何 Pod 启动。',
      examples: [
        { say: '它会如何影响现有的 Pod', run: 'prevent --dry-run' },
        { say: '写入集群', run: 'prevent --exclude-namespace kube-system' },
        { say: '作为清单放入 Git', run: 'prevent --out policy.yaml' },
        { say: '移除', run: 'prevent --remove' },
      ],
    },
    rbac: {
      summary: '写出命令或方案所需的角色',
      about:
        '把角色和绑定写成清单，只包含命令或方案各步骤所需的权限。不访问集群，也不做任何更改。不带 pull-secrets 的 fix 不读取任何 Secret；nodes 允许创建特权 Pod，权限等同于节点本身。',
      examples: [
        { say: '只修复一个命名空间', run: 'rbac --for fix -n shop' },
        { say: '只查看，范围为全部', run: 'rbac --for diagnose -A --subject ann' },
        { say: '仅供一个方案使用', run: 'rbac --plan plan.yaml --subject ann --out role.yaml' },
      ],
    },
    version: {
      summary: '显示版本',
      about: '显示 pullmend 的版本，以及运行它的 Node.js 的版本。',
      examples: [
        { say: '用于报告问题', run: 'version' },
        { say: '用于脚本', run: 'version -o json' },
      ],
    },
  },
} as const satisfies Catalog['help'];
