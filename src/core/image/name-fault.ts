import type { Lang } from '../base/index.ts';

/** Stable names of what makes a text no image name, with the words for people. */
const reasons = {
  empty: { en: 'it is empty', zh: '为空' },
  blank: { en: 'it holds a blank', zh: '含有空白字符' },
  scheme: { en: 'it starts with a scheme like https://', zh: '以 https:// 之类的协议开头' },
  unrendered: { en: 'a placeholder was left unrendered', zh: '有未渲染的占位符' },
  'hex-id': { en: '64 hex digits are an image id, not a name', zh: '64 位十六进制是镜像 ID，不是名字' },
  host: { en: 'the host is not valid', zh: '主机部分不合法' },
  'empty-part': { en: 'a part between slashes is empty', zh: '斜杠之间有空的部分' },
  'upper-case': { en: 'the path has upper-case letters', zh: '路径含有大写字母' },
  path: { en: 'the path has a character that is not allowed', zh: '路径含有不允许的字符' },
  'too-long': { en: 'the path is longer than 255 characters', zh: '路径超过 255 个字符' },
  tag: {
    en: 'the tag may have up to 128 letters, digits, ".", "_" and "-"',
    zh: '标签最多 128 个字母，数字，".", "_" 和 "-"',
  },
  digest: {
    en: 'the digest is not like sha256: and 64 lower-case hex digits',
    zh: '摘要应为 sha256：加 64 位小写十六进制',
  },
} as const satisfies Record<string, Readonly<Record<Lang, string>>>;

export type NameFault = keyof typeof reasons;

/** What is wrong with the name, for a person. */
export function nameFaultText(fault: NameFault): Readonly<Record<Lang, string>> {
  return reasons[fault];
}
