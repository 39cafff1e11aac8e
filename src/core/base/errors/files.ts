import { exitCode } from '../exit.ts';
import { reasonInChinese } from '../system-reason.ts';
import { spec } from './define.ts';

/** Errors of reading and editing files. */
export const filesErrors = {
  PM_FILE_UNREADABLE: spec<{ file: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({ what: `${p.file} cannot be read: ${p.reason}`, do: 'check the path' }),
    zh: (p) => ({ what: `无法读取 ${p.file}：${reasonInChinese(p.reason)}`, do: '请检查路径' }),
  }),
  PM_FILE_TOO_LARGE: spec<{ file: string; mebibytes: number; most: number }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} is not read: it has ${p.mebibytes} MiB, and no more than ${p.most} are taken`,
      likely: 'install manifests have a few megabytes at most',
      do: 'split it, or name the file that holds the objects',
    }),
    zh: (p) => ({
      what: `没有读取 ${p.file}：它有 ${p.mebibytes} MiB，上限为 ${p.most} MiB`,
      likely: '安装清单最多只有几兆字节',
      do: '请拆分该文件，或指定含有对象的文件',
    }),
  }),
  PM_FILE_UNWRITABLE: spec<{ file: string; reason: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `${p.file} cannot be written: ${p.reason}`,
      likely: 'the file itself is unchanged',
      do: 'check the permissions and the free space of its folder',
    }),
    zh: (p) => ({
      what: `无法写入 ${p.file}：${reasonInChinese(p.reason)}`,
      likely: '文件本身没有变化',
      do: '请检查所在目录的权限和剩余空间',
    }),
  }),
  PM_SNAPSHOT_INVALID: spec<{
    file: string;
    fault: 'damaged' | 'not-a-snapshot' | 'newer' | 'too-large';
    detail: string;
  }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} is not a snapshot that can be read: ${
        {
          damaged: 'it is damaged or cut short',
          'not-a-snapshot': 'it is something else',
          newer: 'its version is not known here',
          'too-large': 'it is too large',
        }[p.fault]
      } (${p.detail})`,
      do:
        p.fault === 'newer'
          ? 'use a newer pullmend'
          : 'make it again: pullmend snapshot -A --out snapshot.json.gz',
    }),
    zh: (p) => ({
      what: `无法把 ${p.file} 作为快照读取：${
        {
          damaged: '文件已损坏或不完整',
          'not-a-snapshot': '它不是快照',
          newer: '不认识它的版本',
          'too-large': '文件过大',
        }[p.fault]
      } (${p.detail})`,
      do:
        p.fault === 'newer'
          ? '请使用更新的 pullmend'
          : '请重新生成：pullmend snapshot -A --out snapshot.json.gz',
    }),
  }),
  PM_FILE_BROKEN: spec<{ file: string; line: number; column: number; reason: string }>(
    exitCode.usage,
    'you',
    {
      en: (p) => ({
        what: `${p.file}:${p.line}:${p.column} is not valid YAML: ${p.reason}`,
        likely: 'a wrong indent, or a bracket or quote that is not closed, maybe some lines above',
        do: 'correct the file, or name only the files to look at',
      }),
      zh: (p) => ({
        what: `${p.file}:${p.line}:${p.column} 不是合法的 YAML: ${p.reason}`,
        likely: '缩进有误，或前面几行有未闭合的括号或引号',
        do: '请修正该文件，或只指定需要处理的文件',
      }),
    },
  ),
  PM_FILE_REPEATED_KEY: spec<{ file: string; line: number; column: number; key: string }>(
    exitCode.usage,
    'you',
    {
      en: (p) => ({
        what: `${p.file}:${p.line}:${p.column} the key "${p.key}" stands twice in one map`,
        likely: 'YAML forbids it, and programs differ in which of the two they take',
        do: 'remove one of them; nothing was changed',
      }),
      zh: (p) => ({
        what: `${p.file}:${p.line}:${p.column} 同一映射中键 “${p.key}” 出现了两次`,
        likely: 'YAML 不允许重复的键，各程序取用哪一个并不一致',
        do: '请删除其中一个；没有任何改动',
      }),
    },
  ),
  PM_NOT_A_MANIFEST: spec<{ file: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} holds no Kubernetes object: nothing in it has a kind, nor names an image in full`,
      likely: 'it is empty, or holds the values of a Helm chart',
      do: 'for values name the chart: --chart DIR --values VALUES',
    }),
    zh: (p) => ({
      what: `${p.file} 中没有 Kubernetes 对象：没有任何 kind，也没有完整的镜像名称`,
      likely: '它可能是空文件，或 Helm chart 的 values',
      do: '如果是 values，请指定 chart: --chart DIR --values VALUES',
    }),
  }),
  PM_NESTED_TOO_DEEP: spec(exitCode.usage, 'you', {
    en: () => ({
      what: 'something that was read is nested deeper than any object is',
      likely: 'a file or an answer was made to exhaust the memory of its reader',
      do: 'name the files one by one to find it; --debug says what was read',
    }),
    zh: () => ({
      what: '读取的内容嵌套层级过深，超过任何对象',
      likely: '某个文件或应答可能是为耗尽读取方的内存而构造的',
      do: '请逐个指定文件以找出它；--debug 会说明正在读取什么',
    }),
  }),
  PM_FILE_SEALED: spec<{ file: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} is encrypted with SOPS, which signs the whole file: with one byte changed it cannot be decrypted`,
      do: `change the image where it is decrypted: sops ${p.file}`,
    }),
    zh: (p) => ({
      what: `${p.file} 由 SOPS 加密，并对整个文件签名：改动一个字节就无法解密`,
      do: `请在解密状态下修改镜像：sops ${p.file}`,
    }),
  }),
  PM_COPY_LIST: spec<{ file: string; program: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} is a list of images to copy (${p.program}): other names in it would copy other images, so it stays as it is`,
      do: `copy what it lists to a writable mirror: pullmend sync ${p.file} --to MIRROR`,
    }),
    zh: (p) => ({
      what: `${p.file} 是要复制的镜像清单（${p.program}）：改名会复制别的镜像，因此不作改动`,
      do: `把清单中的镜像复制到可写的镜像站：pullmend sync ${p.file} --to MIRROR`,
    }),
  }),
  PM_OUT_OVER_SOURCE: spec<{ out: string; source: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `--out ${p.out} would write into ${p.source}, which is being read`,
      do: 'name a folder outside of the sources, or use --in-place',
    }),
    zh: (p) => ({
      what: `--out ${p.out} 会写入正在读取的 ${p.source}`,
      do: '请指定源目录之外的目录，或使用 --in-place',
    }),
  }),
  PM_EDITS_OVERLAP: spec<{ file: string; offset: number }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `two edits of ${p.file} touch the same text at offset ${p.offset}`,
      likely: 'the plan was edited by hand, or one YAML anchor serves images that now differ',
      do: 'write the images out instead of sharing an anchor, or correct the plan',
    }),
    zh: (p) => ({
      what: `${p.file} 的两处修改在偏移 ${p.offset} 处重叠`,
      likely: '方案被手工改过，或同一个 YAML 锚点被不同镜像共用',
      do: '请不要共用锚点，分别写出镜像，或修正方案',
    }),
  }),
};
