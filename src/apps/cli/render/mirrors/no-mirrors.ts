import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** The smallest configuration that works with a Harbor proxy project; pasted as it is, then filled in. */
const example: readonly string[] = [
  'apiVersion: pullmend.dev/v1alpha1',
  'kind: MirrorSet',
  'mirrors:',
  '  - name: company-proxy',
  '    scheme: harbor-proxy',
  '    at: harbor.example.com/proxy',
];

/** What to do when there is no mirror yet. */
export function noMirrorsScreen(path: string, page: Page): readonly string[] {
  const { m, program, width } = page;
  return [
    ...wrap(m.cli.noMirrors.paste(path), width),
    '',
    ...example,
    '',
    m.words.labelled(m.cli.noMirrors.then, `${program} mirrors check`),
  ];
}
