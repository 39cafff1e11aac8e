import type { OpenName } from '../../model/index.ts';
import { judge } from './judge.ts';

/** Names end here in any text. */
const nameEnd = /^[^\s"'`,;|]+/;
const known = /^([^\s${}<>()%=]+?)([:@](?:[\w.-]*)(?:\$\{|\$\(|\$[A-Za-z_]|\{\{|<[A-Za-z_]).*)$/s;

/**
 * A name of which a placeholder holds the tag, at the start of a text: `ghcr.io/acme/app:${VERSION}`. Undefined where
 * its registry or path is open too, or it is none.
 *
 * @param named its field says that it is an image; else it must have a registry
 */
export function openName(text: string, named: boolean): OpenName | undefined {
  // A placeholder may hold blanks: `{{ .Tag }}`, `${TAG:-a b}`.
  const whole =
    /^[^\s"'`,;|{]*(?:\$?\{\{?[^{}\n]*\}?\}[^\s"'`,;|{]*)+/.exec(text)?.[0] ?? nameEnd.exec(text)?.[0] ?? '';
  const [, name = '', tail = ''] = known.exec(whole) ?? [];
  if (name === '' || !judge(`${name}:1.0`, named).image) return undefined;
  return { name, tail };
}
