import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Errors of the settings of nodes. */
export const nodeConfigErrors = {
  PM_NODE_NOT_ENTERED: spec<{ node: string; reason: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `nobody gets onto ${p.node}: ${p.reason}`,
      do: 'run pullmend on the node itself as root, let your user make pods in kube-system, or have an SSH key for the node (--node-access ssh)',
    }),
    zh: (p) => ({
      what: `无法进入节点 ${p.node}：${p.reason}`,
      do: '请在该节点上以 root 运行 pullmend，或允许您的用户在 kube-system 中创建 Pod，或备好该节点的 SSH 密钥（--node-access ssh）',
    }),
  }),
  PM_NODE_ALIAS_FAILED: spec<{
    node: string;
    name: string;
    why: 'taken' | 'differs' | 'pull';
    /** The digest that is there instead, or what the runtime said. */
    detail: string;
  }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: {
        taken: `${p.node} has ${p.name} already, and it is something else: ${p.detail}`,
        differs: `${p.node} was given another image for ${p.name} than was planned: ${p.detail}`,
        pull: `${p.node} cannot pull ${p.name}: ${p.detail}`,
      }[p.why],
      do: {
        taken: `look what uses it there; nothing was overwritten`,
        differs: 'pullmend mirrors check; nothing was named',
        pull: `pullmend diagnose --probe shows how far ${p.node} gets`,
      }[p.why],
    }),
    zh: (p) => ({
      what: {
        taken: `${p.node} 上已有 ${p.name}，且内容不同：${p.detail}`,
        differs: `${p.node} 得到的 ${p.name} 与计划的镜像不同：${p.detail}`,
        pull: `${p.node} 无法拉取 ${p.name}：${p.detail}`,
      }[p.why],
      do: {
        taken: '请查看节点上是什么在使用它；没有覆盖任何内容',
        differs: 'pullmend mirrors check；没有命名任何镜像',
        pull: `pullmend diagnose --probe 可显示 ${p.node} 能走到哪一步`,
      }[p.why],
    }),
  }),
  PM_NODE_LOAD_FAILED: spec<{
    node: string;
    name: string;
    why: 'taken' | 'differs' | 'no-platform' | 'import';
    /** The digest that is there instead, the platform, or what the runtime said. */
    detail: string;
  }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: {
        taken: `${p.node} has ${p.name} already, and it is something else: ${p.detail}`,
        differs: `${p.name} is another image now than when the plan was made: ${p.detail}`,
        'no-platform': `${p.name} has nothing for ${p.detail}, which ${p.node} is`,
        import: `${p.node} did not take ${p.name}: ${p.detail}`,
      }[p.why],
      do: {
        taken: 'look what uses it there; nothing was overwritten',
        differs: 'plan again; nothing was named',
        'no-platform': 'take an image that is made for this platform; nothing was sent',
        import: 'run the same command again: layers that have arrived are mostly not sent again',
      }[p.why],
    }),
    zh: (p) => ({
      what: {
        taken: `${p.node} 上已有 ${p.name}，且内容不同：${p.detail}`,
        differs: `${p.name} 与制定计划时已不是同一镜像：${p.detail}`,
        'no-platform': `${p.name} 没有 ${p.node} 所需的平台 ${p.detail}`,
        import: `${p.node} 未能接收 ${p.name}：${p.detail}`,
      }[p.why],
      do: {
        taken: '请查看节点上是什么在使用它；没有覆盖任何内容',
        differs: '请重新制定计划；没有命名任何镜像',
        'no-platform': '请换用包含该平台的镜像；没有发送任何内容',
        import: '请再次运行同一命令：已到达的层大多不会重新发送',
      }[p.why],
    }),
  }),
  PM_NODE_LOAD_UNNAMED: spec<{ source: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.source} does not say which image it is`,
      likely: 'there are several in it, or none with a full name',
      do: 'write the name behind it: docker-archive:FILE:nginx:1.27',
    }),
    zh: (p) => ({
      what: `${p.source} 没有说明是哪个镜像`,
      likely: '其中有多个镜像，或没有完整的镜像名',
      do: '请在后面写上镜像名：docker-archive:FILE:nginx:1.27',
    }),
  }),
  PM_NODE_FILE_BROKEN: spec<{ node: string; file: string; line: number; reason: string }>(
    exitCode.nothingDone,
    'you',
    {
      en: (p) => ({
        what: `${p.file} on ${p.node} is broken at line ${p.line}: ${p.reason}`,
        likely: 'the runtime leaves the whole file out, or did not read it since it was edited',
        do: 'mend that line on the node; pullmend has not touched the file',
      }),
      zh: (p) => ({
        what: `${p.node} 上的 ${p.file} 第 ${p.line} 行有误：${p.reason}`,
        likely: '运行时会忽略整个文件，或者自修改以来还没有重新读取',
        do: '请在节点上修正该行；pullmend 没有改动这个文件',
      }),
    },
  ),
  PM_NODE_FILE_CHANGED: spec<{ node: string; file: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.file} on ${p.node} is another one than when the plan was made`,
      likely: 'somebody, or a program that sets nodes up, has written it in the meantime',
      do: 'look at it, then plan again; nothing was written',
    }),
    zh: (p) => ({
      what: `${p.node} 上的 ${p.file} 与制定计划时不同`,
      likely: '期间有人或节点配置程序改写了它',
      do: '请先查看该文件，再重新制定计划；没有写入任何内容',
    }),
  }),
  PM_NODE_FILE_UNWRITABLE: spec<{ node: string; file: string; reason: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.file} on ${p.node} cannot be written: ${p.reason}`,
      likely: 'the disk is full, or the file system is read-only, as on Talos and Bottlerocket',
      do: 'make room, or set the mirror where such a system takes it; the files are as they were',
    }),
    zh: (p) => ({
      what: `无法写入 ${p.node} 上的 ${p.file}：${p.reason}`,
      likely: '磁盘已满，或文件系统只读（如 Talos 和 Bottlerocket）',
      do: '请腾出空间，或在该系统规定的位置设置镜像站；文件保持原样',
    }),
  }),
  PM_NODE_FILE_REFUSED: spec<{ node: string; file: string; reason: string }>(
    exitCode.nothingDone,
    'pullmend',
    {
      en: (p) => ({
        what: `the runtime on ${p.node} would not take the new ${p.file}: ${p.reason}`,
        do: 'nothing was changed; report what the runtime said, with its version',
      }),
      zh: (p) => ({
        what: `${p.node} 的运行时不接受新的 ${p.file}：${p.reason}`,
        do: '没有改动任何内容；请附上运行时的版本和提示进行反馈',
      }),
    },
  ),
  PM_NODE_RESTART_FAILED: spec<{ node: string; service: string; reason: string }>(
    exitCode.rolledBack,
    'you',
    {
      en: (p) => ({
        what: `${p.service} on ${p.node} did not come up with the new settings: ${p.reason}`,
        likely: 'a setting that this version does not take',
        do: `the former files are back and ${p.service} was started with them; look at its log on the node`,
      }),
      zh: (p) => ({
        what: `${p.node} 上的 ${p.service} 使用新配置未能启动：${p.reason}`,
        likely: '该版本不支持其中的某项设置',
        do: `已恢复原文件并用其启动 ${p.service}；请查看节点上的日志`,
      }),
    },
  ),
};
