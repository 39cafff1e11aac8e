import type { Catalog } from '../catalog.ts';

export function orMeant(nearest: string | undefined): string {
  return nearest === undefined ? '' : `；是不是想写 ${nearest}?`;
}

export const cli = {
  usage: {
    unknownFlag: (flag, nearest?: string) => `未知选项 ${flag}${orMeant(nearest)}`,
    unknownCommand: (name, nearest?: string) => `未知命令 "${name}"${orMeant(nearest)}`,
    missingValue: (flag) => `${flag} 缺少取值`,
    missingArgument: (name) => `缺少 ${name}`,
    tooManyArguments: (text) => `参数过多：${text}`,
    badDuration: (flag, text) => `${flag}："${text}" 不是合法的时长，例如 90s, 5m, 1h30m`,
    badChoice: (flag, text, allowed) => `${flag}："${text}" 不在可选值之内：${allowed}`,
    badName: (text) => `"${text}" 不是对象名；请写成 KIND/NAME，例如 deployment/web`,
    badLoss: (text) =>
      `--accept-loss: "${text}" 不是对象名；请写成 KIND/NAMESPACE/NAME，例如 Job/shop/import`,
    badSelection: (text) =>
      `--only：“${text}” 不是 image=NAME、namespace=NAME 或 kind=KIND[/NAME]，例如 image=nginx、namespace=shop、kind=Deployment/web`,
    badMaxChanges: (text) => `--max-changes 需要整数，而不是 “${text}”`,
    badPlatform: (text) => `--platform: "${text}" 不是平台名；请写成 os/arch[/variant]，例如 linux/arm64`,
    badRepo: (text) => `--repo 应为 所有者/仓库名，而不是 “${text}”`,
    badPattern: (text) => `--replicate 需要不含仓库主机的名字模式，如 library/*，而不是 “${text}”`,
    badKeepLast: (text) => `--keep-last 需要不小于 1 的整数，而不是 “${text}”`,
    badQuota: (text) => `--quota 应为不小于 1 的数，而不是 “${text}”`,
    badSize: (text) => `--volume-size：“${text}” 不是至少 2MiB 的大小；写成 700MB 或 4GiB`,
    badSetting: (text) => `--set：“${text}” 中没有 =；请写成 path=value`,
    badUse: (text, uses) => `--for：“${text}” 不是以下之一：${uses}`,
    badNamespace: (text) => `--exclude-namespace：“${text}” 不是命名空间的名称`,
    badImage: (text) => `--image：“${text}” 不是镜像名称`,
    badHost: (flag, text) => `${flag}：“${text}” 不是主机；写成 host[:port]`,
    patchAlone: '--patch 是 --source 所得补丁的文件：请用 --source 指定检出目录',
    namesEverywhere: '不能在全部命名空间里按名字取对象；请加 -n NAMESPACE',
    probeSnapshot: '--probe 和 --predict 需要访问仓库和节点，不能与 --snapshot 同用',
    predictFiles: '--predict 只看集群：请去掉 -f',
    filesAndCluster: '-f 只读文件：请去掉 KIND/NAME, -n, -A 和 -l',
    snapshotAndMore: '--snapshot 代替集群读取：请去掉 -f 和 -l',
    noMessage: '没有可解释的文本：请给出一条信息，或通过管道输入',
    inputAndMessage: '不能同时给出信息和 --input，请去掉其一',
    reportFormat: '--out：文件名须以 .html, .md, .json 或 .yaml 结尾，或用 -o 指明格式',
    noImageSource: (sources) => `没有可读的来源：请指定 ${sources} 之一`,
    twoImageSources: (sources) => `一次只能指定一个来源：${sources}`,
    onlyWith: (flag, sources) => `${flag} 只能与 ${sources} 一起使用`,
    help: (command) => `${command} --help`,
  },
  error: { where: '位置', likely: '可能', do: '处理' },
  noMirrors: {
    paste: (path) => `把下面内容写入 ${path}，并改成你的镜像仓库：`,
    then: '然后',
  },
  ask: {
    apply: '执行？[y] 是 [n] 否 [d] 看差异 [p] 存为方案文件',
    undo: '确认撤销？[y] 是 [n] 否',
    loss: '[y] 是 [n] 否',
    again: '请输入方括号里的字母，或编号',
    planWritten: (path) => `方案已写入 ${path}`,
    nothingChanged: '没有任何改动',
  },
  interrupted: {
    stopping: '正在停止；再按一次 Ctrl-C 立即退出',
    unchanged: '没有任何改动',
    changed: (changes) => `方案中的 ${changes}已完成并保留，尚未验证`,
  },
} as const satisfies Catalog['cli'];
