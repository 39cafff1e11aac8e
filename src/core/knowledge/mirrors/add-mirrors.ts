import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import { PullmendError } from '../../base/index.ts';
import { apiVersion } from '../../model/index.ts';
import { parseMirrorSet } from './parse.ts';
import type { PresetMirror } from './preset.ts';

/**
 * The text of a configuration with mirrors added at the end; what stands there stays as it is. `text` is empty for
 * a file that does not exist yet. Throws PM_CONFIG_INVALID when the text has mistakes, PM_MIRROR_EXISTS when a name
 * is taken.
 *
 * @param commentOf lines to put before a mirror.
 */
export function addMirrors(
  text: string,
  file: string,
  added: readonly PresetMirror[],
  commentOf: (mirror: PresetMirror) => readonly string[] = () => [],
): string {
  const before = text.trim() === '' ? `apiVersion: ${apiVersion}\nkind: MirrorSet\nmirrors: []\n` : text;
  const names = parseMirrorSet(before, file).mirrors.map(({ name }) => name);
  const taken = added.find(({ name }) => names.includes(name));
  if (taken !== undefined) throw new PullmendError('PM_MIRROR_EXISTS', { name: taken.name, file });
  const after = inserted(before, added, commentOf);
  // What pullmend writes, it can read.
  parseMirrorSet(after, file);
  return after;
}

function inserted(
  text: string,
  added: readonly PresetMirror[],
  commentOf: (mirror: PresetMirror) => readonly string[],
): string {
  const document = parseDocument(text);
  const list = isMap(document.contents) ? document.get('mirrors', true) : undefined;
  if (isSeq(list) && list.flow !== true && list.range != null) {
    const [start, end] = list.range;
    const indent = ' '.repeat(start - text.lastIndexOf('\n', start - 1) - 1);
    const head = text.slice(0, end);
    const entries = added
      .map((mirror) => `${commentText(commentOf(mirror))}${stringify([mirror], { lineWidth: 0 }).trimEnd()}`)
      .join('\n')
      .replaceAll(/^/gm, indent);
    return `${head}${head.endsWith('\n') ? '' : '\n'}${entries}\n${text.slice(end)}`;
  }
  for (const mirror of added) {
    const node = document.createNode(mirror);
    const lines = commentOf(mirror).map((line) => ` ${oneLine(line)}`);
    if (lines.length > 0) node.commentBefore = lines.join('\n');
    document.addIn(['mirrors'], node);
  }
  if (isSeq(list)) list.flow = false;
  return document.toString({ lineWidth: 0 });
}

function commentText(lines: readonly string[]): string {
  return lines.map((line) => `# ${oneLine(line)}\n`).join('');
}

/** What comes after a line's end would be no comment. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ');
}
