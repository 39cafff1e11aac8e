import type { CheckedMirror } from '../../../../flows/index.ts';
import { markedLine } from '../files/marked-line.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

type Finding = NonNullable<CheckedMirror['harbor']>['findings'][number];

/** That a mirror stands on a Harbor, and what that says is wrong. */
export function harborLines({ harbor }: CheckedMirror, page: Page): readonly string[] {
  if (harbor === undefined) return [];
  const { m, paint } = page;
  return [
    ...wrap(m.harbor.is(harbor.version), page.width - 2).map((line) => `  ${paint.quiet(line)}`),
    ...harbor.findings.flatMap((finding) =>
      markedLine(
        finding.level === 'problem' ? paint.bad('✘') : paint.doubtful('!'),
        findingText(finding, page),
        page,
      ),
    ),
  ];
}

function findingText(finding: Finding, { m }: Page): string {
  const words = m.harbor.findings;
  switch (finding.kind) {
    case 'read-only':
      return words[finding.kind]();
    case 'components-unhealthy':
      return words[finding.kind](m.words.list(finding.components));
    case 'login-refused':
      return words[finding.kind](finding.user);
    case 'not-seen':
      return words[finding.kind](finding.where);
    case 'other-upstream':
      return words[finding.kind](finding.project, finding.have, finding.want);
    case 'endpoint-unhealthy':
      return words[finding.kind](finding.project, finding.endpoint, finding.url);
    case 'quota':
      return words[finding.kind](finding.project, m.copy.bytes(finding.used), m.copy.bytes(finding.limit));
    case 'immutable-tags':
      return words[finding.kind](finding.project, m.words.list(finding.tags));
    case 'vulnerability-policy':
      return words[finding.kind](finding.project, finding.severity);
    case 'proxy-filter':
      return words[finding.kind](finding.project, finding.pattern);
    default:
      return words[finding.kind](finding.project);
  }
}
