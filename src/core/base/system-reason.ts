import type { Lang } from './lang.ts';

const missing = { en: 'no such file or folder', zh: '没有这个文件或目录' };
const denied = { en: 'permission denied', zh: '没有权限' };
const notRegular = { en: 'it is no regular file', zh: '它不是普通文件' };
const full = { en: 'no space left', zh: '磁盘空间不足' };

const reasons: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EACCES: denied,
  EPERM: denied,
  EISDIR: { en: 'it is a folder', zh: '它是一个目录' },
  EEXIST: { en: 'it exists already', zh: '它已存在' },
  ENOSPC: full,
  EDQUOT: full,
  ENXIO: notRegular,
  NOT_REGULAR: notRegular,
  SILENT_PIPE: { en: 'nobody writes to this pipe', zh: '没有程序向这个管道写入' },
  TOO_LARGE: { en: 'it is too large', zh: '它太大' },
  ELOOP: { en: 'its links lead in a circle', zh: '它的链接形成循环' },
  ENAMETOOLONG: { en: 'the name is too long', zh: '名称过长' },
  EROFS: { en: 'the file system is read-only', zh: '文件系统是只读的' },
};

/** What pullmend itself says of a file. */
export const notText = { en: 'it is not UTF-8 text', zh: '它不是 UTF-8 文本' };

const chinese: ReadonlyMap<string, string> = new Map(
  [...Object.values(reasons), notText].map(({ en, zh }) => [en, zh]),
);

/** A failure of the file system in words, in English; a failure that no system call made keeps its message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error)) return error.message;
  const code = String(error.code);
  return reasons[code]?.en ?? code;
}

/** The same in Chinese; what is not known stays as it is. */
export function reasonInChinese(reason: string): string {
  return chinese.get(reason) ?? reason;
}
