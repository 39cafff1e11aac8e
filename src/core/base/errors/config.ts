import { exitCode } from '../exit.ts';
import type { Lang } from '../lang.ts';
import { reasonInChinese } from '../system-reason.ts';
import { spec } from './define.ts';

/** Rules of the configuration that are more than a type. */
export type ConfigRule =
  | 'name'
  | 'duplicate-name'
  | 'glob'
  | 'at'
  | 'alias'
  | 'template'
  | 'prefix'
  | 'image-name'
  | 'secret-ref'
  | 'not-used'
  | 'form';

/** What is wrong at one place of a configuration file. */
export type ConfigFault =
  | { readonly kind: 'syntax'; readonly message: string }
  | { readonly kind: 'unknown-key'; readonly key: string; readonly didYouMean?: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong-type'; readonly expected: string }
  | { readonly kind: 'not-allowed'; readonly allowed: readonly string[]; readonly didYouMean?: string }
  | { readonly kind: 'rule'; readonly rule: ConfigRule };

/** One mistake: line and column count from 1; the path reads like `mirrors[0].scheme`. */
export type ConfigProblem = {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly fault: ConfigFault;
};

const ruleText: Readonly<Record<Lang, Readonly<Record<ConfigRule, string>>>> = {
  en: {
    name: 'must be lower-case letters, digits, "-" and "."',
    'duplicate-name': 'another mirror has this name',
    glob: 'is no pattern like docker.io/** or quay.io/acme/*',
    at: 'must be host[:port][/project…] without a scheme, for example harbor.example.com/proxy',
    alias: 'must map a host to a host, for example docker.io: docker.mirror.example.com',
    template:
      'must start with a host and may hold {host} {repository} {namespace} {last} {tag} {digest}, ' +
      'for example harbor.example.com/proxy/{repository}',
    prefix: 'must be the beginning of a name, for example google-containers. or nothing',
    'image-name': 'must be an image name without tag and digest',
    'secret-ref': 'must be namespace/name',
    'not-used': 'this scheme does not use it',
    form: 'does not have the form that this key takes',
  },
  zh: {
    name: '只能用小写字母，数字，"-" 和 "."',
    'duplicate-name': '与另一个镜像站重名',
    glob: '不是 docker.io/** 或 quay.io/acme/* 这样的匹配式',
    at: '应为 主机[:端口][/项目…]，不带协议，例如 harbor.example.com/proxy',
    alias: '应把主机映射到主机，例如 docker.io: docker.mirror.example.com',
    template:
      '须以主机开头，可含 {host} {repository} {namespace} {last} {tag} {digest}, ' +
      '例如 harbor.example.com/proxy/{repository}',
    prefix: '应为名字的开头，例如 google-containers.，也可以为空',
    'image-name': '应为不带 tag 和 digest 的镜像名',
    'secret-ref': '应为 命名空间/名称',
    'not-used': '该命名方案不使用此项',
    form: '不符合此键要求的格式',
  },
};

function faultText(fault: ConfigFault, lang: Lang): string {
  const en = lang === 'en';
  switch (fault.kind) {
    case 'syntax':
      return en ? `not valid YAML: ${fault.message}` : `YAML 语法错误：${fault.message}`;
    case 'unknown-key':
      return `${en ? `unknown key "${fault.key}"` : `未知的键 “${fault.key}”`}${suggestion(fault.didYouMean, lang)}`;
    case 'missing':
      return en ? 'is missing' : '缺失';
    case 'wrong-type':
      return en ? `must be ${fault.expected}` : `类型应为 ${fault.expected}`;
    case 'not-allowed':
      return `${en ? 'must be' : '应为'} ${fault.allowed.join(' | ')}${suggestion(fault.didYouMean, lang)}`;
    case 'rule':
      return ruleText[lang][fault.rule];
  }
}

function suggestion(word: string | undefined, lang: Lang): string {
  if (word === undefined) return '';
  return lang === 'en' ? ` (did you mean "${word}"?)` : `（是否想写 “${word}”?）`;
}

function problemText(problem: ConfigProblem, lang: Lang): string {
  const path = problem.path === '' ? '' : `${problem.path}: `;
  return `${problem.line}:${problem.column} ${path}${faultText(problem.fault, lang)}`;
}

/** Errors of pullmend's own configuration. */
export const configErrors = {
  PM_CONFIG_NOT_FOUND: spec<{ file: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `cannot read the configuration ${p.file}: ${p.reason}`,
      do: 'check --config and $PULLMEND_CONFIG',
    }),
    zh: (p) => ({
      what: `无法读取配置文件 ${p.file}：${reasonInChinese(p.reason)}`,
      do: '检查 --config 和 $PULLMEND_CONFIG',
    }),
  }),
  PM_CONFIG_INVALID: spec<{ file: string; problems: readonly ConfigProblem[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} is not a valid MirrorSet: ${p.problems.map((it) => problemText(it, 'en')).join('; ')}`,
      do: 'correct the file; every key is described in docs/reference/mirrors.md',
    }),
    zh: (p) => ({
      what: `${p.file} 不是合法的 MirrorSet: ${p.problems.map((it) => problemText(it, 'zh')).join('; ')}`,
      do: '修正该文件；所有键的说明见 docs/zh/reference/mirrors.md',
    }),
  }),
  PM_KNOWLEDGE_INVALID: spec<{ file: string; problems: readonly ConfigProblem[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} does not describe an operator: ${p.problems.map((it) => problemText(it, 'en')).join('; ')}`,
      do: 'correct the file; one to copy from: pullmend knowledge show prometheus-operator -o yaml',
    }),
    zh: (p) => ({
      what: `${p.file} 不是合法的 operator 描述：${p.problems.map((it) => problemText(it, 'zh')).join('; ')}`,
      do: '修正该文件；可参照：pullmend knowledge show prometheus-operator -o yaml',
    }),
  }),
  PM_KNOWLEDGE_UNKNOWN: spec<{ name: string; didYouMean?: string | undefined }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `no known operator is called "${p.name}"${suggestion(p.didYouMean, 'en')}`,
      do: 'list them: pullmend knowledge list',
    }),
    zh: (p) => ({
      what: `没有名为 “${p.name}” 的 operator${suggestion(p.didYouMean, 'zh')}`,
      do: '列出所有 operator：pullmend knowledge list',
    }),
  }),
  PM_MIRROR_UNKNOWN: spec<{ name: string; known: readonly string[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `no mirror is called "${p.name}"`,
      do:
        p.known.length > 0 ? `take one of: ${p.known.join(', ')}` : 'add mirrors to the configuration first',
    }),
    zh: (p) => ({
      what: `没有名为 “${p.name}” 的镜像站`,
      do: p.known.length > 0 ? `可选：${p.known.join(', ')}` : '请先在配置里添加镜像站',
    }),
  }),
  PM_PRESET_UNKNOWN: spec<{ name: string; didYouMean?: string | undefined }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `no preset is called "${p.name}"${suggestion(p.didYouMean, 'en')}`,
      do: 'list them: pullmend mirrors add',
    }),
    zh: (p) => ({
      what: `没有名为 “${p.name}” 的预设${suggestion(p.didYouMean, 'zh')}`,
      do: '列出所有预设：pullmend mirrors add',
    }),
  }),
  PM_PRESET_PLACE: spec<{ name: string; needed: boolean }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: p.needed
        ? `preset ${p.name} is for a registry of your own, and --at does not say which`
        : `preset ${p.name} has a fixed place and takes no --at`,
      do: p.needed ? `pullmend mirrors add ${p.name} --at HOST[/PATH]` : `pullmend mirrors add ${p.name}`,
    }),
    zh: (p) => ({
      what: p.needed
        ? `预设 ${p.name} 需要用 --at 指明你自己的镜像仓库`
        : `预设 ${p.name} 的地址是固定的，不接受 --at`,
      do: p.needed ? `pullmend mirrors add ${p.name} --at 主机[/路径]` : `pullmend mirrors add ${p.name}`,
    }),
  }),
  PM_MIRROR_EXISTS: spec<{ name: string; file: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} has a mirror called "${p.name}" already`,
      do: 'nothing was changed; look with: pullmend mirrors list',
    }),
    zh: (p) => ({
      what: `${p.file} 里已有名为 “${p.name}” 的镜像站`,
      do: '没有做任何改动；查看：pullmend mirrors list',
    }),
  }),
};
