import type { Catalog } from '../catalog.ts';

export const help = {
  tagline: '找出容器镜像为什么拉不下来, 修好它, 并且随时可以撤销.',
  headings: {
    usage: '用法:',
    arguments: '参数:',
    flags: '选项:',
    global: '通用选项:',
    commands: '命令:',
    examples: '示例:',
  },
  start: '从这里开始:',
  more: (program) => `${program} COMMAND --help 查看详情 · 退出码: docs/zh/reference/exit-codes.md`,
  moreFormats: (words, formats) => `${words}; 还有 ${formats}`,
  placeholder: { flags: '[flags]', command: 'COMMAND' },
  helpFlag: '显示帮助',
  helpCommand: '显示某个命令的帮助',
  versionFlag: '显示版本',
  flags: {
    kubeconfig: 'kubeconfig 文件 (默认: $KUBECONFIG, 其次 ~/.kube/config)',
    context: '使用 kubeconfig 中的哪个 context',
    config: '镜像站配置文件 (默认: ~/.config/pullmend/config.yaml)',
    lang: '输出语言: en 或 zh (默认: 取自系统 locale)',
    color: '不用颜色; 设置 NO_COLOR 效果相同',
    debug: '把调用栈打印到 stderr, 不含密钥',
    quiet: '只打印最后几行',
    namespace: '只看这个命名空间',
    allNamespaces: '看全部命名空间',
    selector: '只看带这些标签的 Pod, 例如 app=web',
    filename: '读取这些文件, 而不是集群',
    output: 'table, json 或 yaml (默认: table)',
    out: '写入这个文件',
    explain: '说明这段文本为何是或不是镜像',
    input: '逐行回答该文件中的 JSON, - 表示标准输入',
    dryRun: '不做任何修改; 对集群, 只让 API Server 检查每处改动',
    yes: '不再询问; 破坏性操作仍会跳过, 除非用 --accept-loss 指明',
    acceptLoss: 'KIND/NAMESPACE/NAME: 同意对该对象的破坏性操作 (可重复)',
    timeout: '给 kubelet 多长时间启动容器 (默认: 5m)',
    keep: '即使未验证成功也保留改动',
    allowUnverified: '允许使用 digest 不一致或无法核实的副本',
    pullPolicy: '同时设置拉取策略: IfNotPresent 或 Always',
    list: '列出可撤销的运行',
    platform: '副本必须具备的, 或只复制的 os/arch[/variant] (可重复)',
    to: '可写镜像站的名称: 副本按它的规则命名',
    plainHttp: '只支持明文 HTTP 的 host[:port] (可重复)',
  },
  arguments: {
    objects: '要看的对象, 例如 deployment/web; 不写则看全部',
    plan: '方案文件, - 表示标准输入',
    run: '要撤销的运行; 不写则取最近一次',
    image: '镜像名, 写法同清单文件',
    mirrors: '镜像站名称; 不写则为全部',
    copies: '一个或多个镜像, 最后是目标: 镜像名, 或以 / 结尾的路径',
    imageList: '镜像清单文件, - 为标准输入',
    manifests: '文件, 或目录 (其中所有 .yaml, .yml 和 .json 文件)',
    message: '要解释的信息; 不写则读标准输入',
  },
  commands: {
    diagnose: {
      summary: '哪些镜像拉不下来, 为什么',
      about: '读取 Pod, 事件和拉取凭据, 给出每个拉取失败的镜像的原因. 不做任何改动.',
      examples: [
        { say: '整个集群', run: 'diagnose -A' },
        { say: '一个工作负载', run: 'diagnose -n shop deployment/web' },
        { say: '安装文件, 在安装之前', run: 'diagnose -f kubesphere-installer.yaml' },
        { say: '带关系图的报告, 单个文件', run: 'diagnose -A --out report.html' },
      ],
    },
    explain: {
      summary: '解释一条信息或一段日志',
      about:
        '在文本中找出与镜像有关的信息: 单条信息, 或 kubectl describe, get events, get pod, helm 的输出, 以及 kubelet, containerd, CRI-O, docker 的日志. 说明每个原因的含义和有效办法. 不需要集群.',
      examples: [
        { say: '一条信息', run: "explain 'dial tcp: lookup registry.example.com: no such host'" },
        { say: '某个 Pod 的全部信息', run: 'explain < described-pod.txt' },
        { say: '大量信息, 供程序使用', run: 'explain --input messages.jsonl -o jsonl' },
      ],
    },
    plan: {
      summary: '说明将做什么, 不做改动',
      about:
        '诊断, 向镜像站询问副本, 写出将要做的改动. 方案是纯数据: 可以阅读, 编辑, 以后或在另一台机器上执行.',
      examples: [
        { say: '把方案写入文件', run: 'plan -A --out plan.yaml' },
        { say: '以 JSON 输出方案', run: 'plan -n shop -o json' },
        { say: '修改安装文件的方案', run: 'plan -f installer.yaml --out plan.yaml' },
      ],
    },
    apply: {
      summary: '执行方案并验证',
      about: '执行方案, 等待 kubelet 把容器启动起来, 未验证成功的改动会回滚.',
      examples: [
        { say: '执行看过的方案', run: 'apply plan.yaml' },
        { say: '先让集群检查一遍', run: 'apply plan.yaml --dry-run' },
        { say: '在流水线里, 不询问', run: 'apply plan.yaml --yes --timeout 10m' },
      ],
    },
    fix: {
      summary: '一步到位: 诊断, 找副本, 确认, 修改, 验证',
      about:
        '诊断, 在你的镜像站上找到每个镜像可用的副本, 展示方案, 询问, 修改工作负载, 并验证 Pod 确实启动. 未验证成功的改动会回滚.',
      examples: [
        { say: '所有拉取失败的镜像', run: 'fix -A' },
        { say: '一个命名空间, 不询问', run: 'fix -n shop --yes' },
        { say: '看集群是否会接受', run: 'fix -A --dry-run' },
      ],
    },
    undo: {
      summary: '撤销一次运行',
      about:
        '凡是仍为 pullmend 所写值的字段都恢复原样. 之后被人改过的字段只报告, 不动. 不写名字时是该命名空间 (-n, -A) 里最近的一次.',
      examples: [
        { say: '该命名空间里最近一次运行', run: 'undo' },
        { say: '有哪些运行', run: 'undo --list' },
        { say: '指定运行, 不询问', run: 'undo r-7f3a --yes' },
      ],
    },
    find: {
      summary: '镜像在哪里有可用的副本',
      about: '向源站和每个镜像站询问清单 (manifest), 平台和 digest. 不需要集群.',
      examples: [
        { say: '哪些镜像站有它', run: 'find quay.io/prometheus/node-exporter:v1.8.2' },
        { say: '只看一个平台', run: 'find nginx:1.27 --platform linux/arm64' },
      ],
    },
    images: {
      summary: '列出安装文件会带进 Pod 的每个镜像',
      about:
        '读取清单文件, 列出每个镜像及其位置: kubelet 直接拉取的, 以及控制器从环境变量, 参数, 自定义资源和 ConfigMap 中取用的. 不需要集群和网络.',
      examples: [
        { say: '目录中的全部镜像', run: 'images deploy/' },
        { say: '每行一个名字, 供脚本使用', run: 'images operator.yaml -o list' },
        { say: '它是镜像吗?', run: 'images operator.yaml --explain cache-server:8080' },
      ],
    },
    mirrors: {
      summary: '列出配置的镜像站, 或检查是否可用',
      about: '显示配置文件中的镜像站, 或向每个镜像站请求一个真实的清单 (manifest).',
      list: '列出配置的镜像站',
      check: '向每个镜像站请求一个真实的清单 (manifest)',
      examples: [
        { say: '配置了什么', run: 'mirrors list' },
        { say: '从本机是否可用', run: 'mirrors check' },
        { say: '只看一个', run: 'mirrors check company-proxy' },
      ],
    },
    copy: {
      summary: '把镜像复制到其他镜像仓库',
      about: '逐字节复制镜像, 包含所有平台. 目标已有的内容不会重传; 中断的复制会从断点继续.',
      examples: [
        { say: '一个镜像', run: 'copy nginx:1.27 harbor.corp/library/nginx:1.27' },
        { say: '多个镜像, 放在同一路径下', run: 'copy redis:7 quay.io/acme/app:v1 harbor.corp/library/' },
        { say: '看看会做什么', run: 'copy nginx:1.27 harbor.corp/library/ --dry-run' },
      ],
    },
    sync: {
      summary: '复制清单里的所有镜像',
      about:
        '读取 “源 [目标]” 形式的行, 或 image-syncer、regsync、skopeo sync 的文件, 只复制有变化的镜像. 多个镜像共有的层只传一次.',
      examples: [
        { say: '带目标地址的清单', run: 'sync images.txt' },
        { say: '复制到配置里的镜像站', run: 'sync images.yaml --to company-copies' },
        { say: '供其他程序使用, 输出 JSON', run: 'sync - -o json' },
      ],
    },
    version: {
      summary: '显示版本',
      about: '显示 pullmend 的版本, 以及运行它的 Node.js 的版本.',
      examples: [
        { say: '用于报告问题', run: 'version' },
        { say: '用于脚本', run: 'version -o json' },
      ],
    },
  },
} as const satisfies Catalog['help'];
