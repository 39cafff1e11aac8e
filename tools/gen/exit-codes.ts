import { errorCatalogue, exitCode, languages, type Lang } from '../../src/core/base/index.ts';
import { markdownTable, referencePage, type Page } from './page.ts';

type ExitName = keyof typeof exitCode;

const meanings: Readonly<Record<ExitName, Readonly<Record<Lang, string>>>> = {
  done: {
    en: 'All is well: nothing fails, or everything that failed is mended.',
    zh: '一切正常：没有拉取失败，或全部失败均已修复。',
  },
  nothingDone: {
    en: 'Nothing could be done, and nothing was changed.',
    zh: '无法处理，且没有任何改动。',
  },
  usage: {
    en: 'The command line, a configuration file or another input is wrong; nothing was changed.',
    zh: '命令行，配置文件或其他输入有误；没有任何改动。',
  },
  failuresLeft: {
    en: '`diagnose`: failures were found. `preflight`: an image cannot be had. `fix`, `apply`: some could not be mended.',
    zh: '`preflight`：有镜像无法获取。`diagnose`：发现拉取失败。`fix`, `apply`：部分失败未能修复。',
  },
  noAccess: {
    en: 'The cluster or a registry cannot be reached, or does not allow it; nothing was changed.',
    zh: '无法访问集群或镜像仓库，或没有权限；没有任何改动。',
  },
  rolledBack: {
    en: 'A change did not help and was taken back.',
    zh: '改动没有效果，已经回滚。',
  },
  nodeTooOld: {
    en: 'The Node.js that runs the command is too old.',
    zh: '运行此命令的 Node.js 版本过低。',
  },
  interrupted: {
    en: 'Interrupted; the last lines say what state things are in.',
    zh: '被中断；最后几行说明当前状态。',
  },
};

const words = {
  en: { title: '# Exit codes', code: 'code', meaning: 'meaning', errors: 'errors that end with it' },
  zh: { title: '# 退出码', code: '退出码', meaning: '含义', errors: '以此退出码结束的错误' },
} as const satisfies Record<Lang, object>;

/** The list of exit codes in every language, with the errors that end with each. */
export function exitCodePages(): readonly Page[] {
  return languages.map((lang) => {
    const { title, code, meaning, errors } = words[lang];
    const rows = (Object.keys(exitCode) as ExitName[]).map((name) => [
      String(exitCode[name]),
      meanings[name][lang],
      errorsWith(exitCode[name])
        .map((error) => `[${error}](errors.md#${error.toLowerCase()})`)
        .join(' '),
    ]);
    return referencePage(lang, 'exit-codes', [title, markdownTable([code, meaning, errors], rows)]);
  });
}

function errorsWith(exit: number): readonly string[] {
  return Object.entries(errorCatalogue)
    .filter(([, spec]) => spec.exit === exit)
    .map(([code]) => code)
    .toSorted();
}
