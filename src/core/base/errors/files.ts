import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Errors of reading and editing files. */
export const filesErrors = {
  PM_FILE_UNREADABLE: spec<{ file: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({ what: `${p.file} cannot be read: ${p.reason}`, do: 'check the path' }),
    zh: (p) => ({ what: `无法读取 ${p.file}: ${p.reason}`, do: '请检查路径' }),
  }),
  PM_FILE_UNWRITABLE: spec<{ file: string; reason: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `${p.file} cannot be written: ${p.reason}`,
      likely: 'the file itself is unchanged',
      do: 'check the permissions and the free space of its folder',
    }),
    zh: (p) => ({
      what: `无法写入 ${p.file}: ${p.reason}`,
      likely: '文件本身没有变化',
      do: '请检查所在目录的权限和剩余空间',
    }),
  }),
  PM_FILE_BROKEN: spec<{ file: string; line: number; column: number; reason: string }>(
    exitCode.usage,
    'you',
    {
      en: (p) => ({
        what: `${p.file}:${p.line}:${p.column} is not valid YAML: ${p.reason}`,
        likely: 'a template with {{ }} is not YAML until it is rendered',
        do: 'correct the file, or name only the files to look at',
      }),
      zh: (p) => ({
        what: `${p.file}:${p.line}:${p.column} 不是合法的 YAML: ${p.reason}`,
        likely: '含 {{ }} 的模板在渲染之前不是 YAML',
        do: '请修正该文件, 或只指定需要处理的文件',
      }),
    },
  ),
  PM_EDITS_OVERLAP: spec<{ file: string; offset: number }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `two edits of ${p.file} touch the same text at offset ${p.offset}`,
      likely: 'the plan was edited by hand, or one YAML anchor serves images that now differ',
      do: 'write the images out instead of sharing an anchor, or correct the plan',
    }),
    zh: (p) => ({
      what: `${p.file} 的两处修改在偏移 ${p.offset} 处重叠`,
      likely: '方案被手工改过, 或同一个 YAML 锚点被不同镜像共用',
      do: '请不要共用锚点, 分别写出镜像, 或修正方案',
    }),
  }),
};
