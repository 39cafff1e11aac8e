import { languages, type Lang } from '../../src/core/base/index.ts';
import { operators, type ImagePlace, type Operator } from '../../src/core/knowledge/operators/index.ts';
import { markdownTable, referencePage, type Page } from './page.ts';

const words = {
  en: {
    title: '# Operators',
    intro:
      'What pullmend knows of programs that make pods: where each of their images is decided. Of several places for one image the first one wins. A flag or a variable is that of the operator itself; a ConfigMap lies in its namespace. *Puts back*: does it undo what somebody changes in the objects that it made.',
    versions: 'read at',
    kinds: 'carries out',
    places: 'where its images are decided',
    reverts: 'puts back',
    none: '–',
    modes: { always: 'always', 'on-change': 'when its resource changes', never: 'no', unknown: 'unknown' },
    parts: {
      registry: 'registry',
      repository: 'repository',
      name: 'last part of the name',
      tag: 'tag',
      digest: 'digest',
      prefix: 'all before the last part',
      list: 'several images',
    },
    of: (kind: string) => `of \`${kind}\``,
    flag: 'flag',
    env: 'variable',
    inMap: (name: string) => `of ConfigMap \`${name}\``,
    part: (part: string) => ` (${part})`,
    operator: 'operator',
    comma: ', ',
    colon: ': ',
  },
  zh: {
    title: '# Operator 知识表',
    intro:
      'pullmend 所知道的、会创建 Pod 的程序：它们的每个镜像由哪里决定。同一镜像有多处时，排在前面的优先。参数和环境变量指 Operator 自身的；ConfigMap 位于它的命名空间中。“还原”：别人改动它所创建的对象后，它是否会改回去。',
    versions: '核对的版本',
    kinds: '负责的资源',
    places: '镜像由哪里决定',
    reverts: '还原',
    none: '–',
    modes: { always: '总是', 'on-change': '其资源变化时', never: '否', unknown: '未知' },
    parts: {
      registry: '镜像仓库',
      repository: '不含标签的名称',
      name: '名称的最后一段',
      tag: '标签',
      digest: '摘要',
      prefix: '最后一段之前的全部',
      list: '多个镜像',
    },
    of: (kind: string) => `（\`${kind}\`）`,
    flag: '参数',
    env: '环境变量',
    inMap: (name: string) => `（ConfigMap \`${name}\`）`,
    part: (part: string) => `：${part}`,
    operator: 'Operator',
    comma: '、',
    colon: '：',
  },
} as const satisfies Record<Lang, object>;

type Words = (typeof words)[Lang];

/** The table of what is known of operators, in every language. */
export function operatorPages(): readonly Page[] {
  return languages.map((lang) => {
    const said: Words = words[lang];
    const head = [said.operator, said.versions, said.kinds, said.places, said.reverts];
    return referencePage(lang, 'operators', [
      said.title,
      said.intro,
      markdownTable(
        head,
        operators.map((one) => rowOf(one, said)),
      ),
    ]);
  });
}

function rowOf(operator: Operator, said: Words): readonly string[] {
  const kinds = operator.owns.flatMap(({ kinds: names }) => names.map((name) => `\`${name}\``));
  const places = operator.images.map(({ of, at }) => [`\`${of}\``, placeText(at, said)].join(said.colon));
  return [
    `[${operator.title}](${operator.sources[0] ?? ''})`,
    operator.versions,
    kinds.join(said.comma) || said.none,
    places.join('\n'),
    said.modes[operator.reverts],
  ];
}

function placeText(at: ImagePlace, said: Words): string {
  const part = at.part === undefined ? '' : said.part(said.parts[at.part]);
  if ('field' in at) return `\`${at.field}\` ${said.of(at.kind)}${part}`;
  if ('flag' in at) return `${said.flag} \`${at.flag}\`${part}`;
  if ('env' in at) return `${said.env} \`${at.env}\`${part}`;
  return `\`${[at.key, at.path ?? ''].join(' ').trim()}\` ${said.inMap(at.configMap)}${part}`;
}
