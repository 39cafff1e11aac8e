import type { Lang } from '../../base/index.ts';
import { domainWords } from '../../i18n/index.ts';
import { failureClasses, failureVariants, type FailureClass } from '../../model/index.ts';
import {
  classGroups,
  failureClassInfo,
  moveNames,
  remedyInfo,
  variantInfo,
  type ClassGroup,
} from './classes/index.ts';

type Words = {
  readonly title: string;
  readonly intro: string;
  readonly groups: Readonly<Record<ClassGroup, string>>;
  readonly columns: readonly [string, string, string, string];
  readonly helps: Readonly<Record<'yes' | 'no' | 'maybe', string>>;
  readonly move: string;
  readonly works: string;
  readonly useless: string;
  readonly mirror: string;
  readonly remedies: string;
  readonly allRemedies: string;
  readonly remediesIntro: string;
  readonly remedyColumns: readonly [string, string];
  readonly do: string;
  readonly variants: string;
};

const words: Readonly<Record<Lang, Words>> = {
  en: {
    title: 'Failure classes',
    intro:
      'Why an image does not arrive, in the stable names that `pullmend diagnose` prints. Names are the same in every\nlanguage. Anything that is not recognised is `unknown`, never a guess.',
    groups: {
      name: 'Name and format',
      access: 'Access',
      quota: 'Quota',
      network: 'Network',
      tls: 'TLS',
      registry: 'Registry and content',
      node: 'Node',
      none: 'No cause at hand',
      indirect: 'Something else waits for an image',
    },
    columns: ['Class', 'Meaning', 'Whose move', 'Does a mirror help'],
    helps: { yes: 'yes', no: 'no', maybe: 'perhaps' },
    move: 'Whose move',
    works: 'Works',
    useless: 'Useless',
    mirror: 'Mirror',
    remedies: 'Remedies',
    allRemedies: 'All remedies',
    remediesIntro:
      'The stable names that `pullmend explain -o json` and `-o jsonl` print as `remedies`, in the order to try them.\n`use-mirror` stands first where a mirror helps and is left out where it does not.',
    remedyColumns: ['Name', 'Meaning'],
    do: 'To paste',
    variants: 'Told apart (`variant`), with another first remedy',
  },
  zh: {
    title: '失败类别',
    intro:
      '镜像拉取失败的原因，即 `pullmend diagnose` 输出的固定名称；各语言中名称相同。\n无法识别的一律是 `unknown`，绝不猜测。',
    groups: {
      name: '名称与格式',
      access: '访问权限',
      quota: '限额',
      network: '网络',
      tls: 'TLS',
      registry: '镜像仓库与内容',
      node: '节点',
      none: '没有原因可查',
      indirect: '其他对象在等镜像',
    },
    columns: ['类别', '含义', '由谁处理', '镜像站有用吗'],
    helps: { yes: '有用', no: '无用', maybe: '视情况' },
    move: '由谁处理',
    works: '有效办法',
    useless: '无效办法',
    mirror: '镜像站',
    remedies: '办法名称',
    allRemedies: '全部办法',
    remediesIntro:
      '`pullmend explain -o json` 与 `-o jsonl` 在 `remedies` 中输出的固定名称，按尝试顺序排列。\n镜像站有用时 `use-mirror` 排在最前，无用时不列出。',
    remedyColumns: ['名称', '含义'],
    do: '可粘贴的命令',
    variants: '可进一步区分（`variant`），首选办法不同',
  },
};

/** The reference page of all classes as Markdown; docs/reference/failure-classes.md and its Chinese twin. */
export function renderClassReference(lang: Lang): string {
  const text = words[lang];
  const sections = classGroups.flatMap((group) => {
    const members = failureClasses.filter((name) => failureClassInfo[name].group === group);
    return [`## ${text.groups[group]}`, ...members.map((name) => renderClass(name, lang))];
  });
  const remedies = [`## ${text.allRemedies}`, text.remediesIntro, remedyTable(lang)];
  return [`# ${text.title}`, text.intro, overview(lang), ...sections, ...remedies].join('\n\n') + '\n';
}

function overview(lang: Lang): string {
  const text = words[lang];
  const rows = failureClasses.map((name) => {
    const info = failureClassInfo[name];
    return [
      `[\`${name}\`](#${name})`,
      info.text[lang].meaning,
      moveNames[lang][info.move],
      text.helps[info.mirrorHelps],
    ];
  });
  return tableOf(text.columns, rows);
}

function remedyTable(lang: Lang): string {
  const rows = Object.entries(remedyInfo).map(([name, text]) => [`\`${name}\``, text[lang]]);
  return tableOf(words[lang].remedyColumns, rows);
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`)
    .join('\n');
}

function renderClass(name: FailureClass, lang: Lang): string {
  const info = failureClassInfo[name];
  const labels = words[lang];
  const { labelled, list, sentences } = domainWords(lang).words;
  const { meaning, works, useless, mirror } = info.text[lang];
  const lines = [
    `### ${name}`,
    '',
    `${meaning}.`.replace(/^./, (letter) => letter.toUpperCase()).replace(/\.$/, lang === 'zh' ? '。' : '.'),
    '',
    `- ${labelled(labels.move, moveNames[lang][info.move])}`,
    `- ${labelled(labels.works, sentences(works))}`,
    `- ${labelled(labels.useless, sentences(useless))}`,
    `- ${labelled(labels.mirror, mirror)}`,
    `- ${labelled(labels.remedies, list(info.remedies.map((remedy) => `\`${remedy}\``)))}`,
  ];
  const commands =
    info.do.length === 0 ? [] : ['', labelled(labels.do, '').trimEnd(), '', '```sh', ...info.do, '```'];
  const told = failureVariants.filter((variant) => variantInfo[variant].of.includes(name));
  const variants = told.map((variant) => {
    const { text } = variantInfo[variant];
    return `- ${labelled(`\`${variant}\``, sentences([text[lang].meaning, ...text[lang].works]))}`;
  });
  const apart = variants.length === 0 ? [] : ['', labelled(labels.variants, '').trimEnd(), '', ...variants];
  return [...lines, ...commands, ...apart].join('\n');
}
