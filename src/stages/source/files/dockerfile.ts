import { basename } from 'node:path';
import { formatReference, tryParseReference } from '../../../core/image/index.ts';
import { judge, openName } from '../../../core/knowledge/places/index.ts';
import type { ImagesOfFile, SourceFile, Usage } from '../../../core/model/index.ts';

export function isDockerfile(path: string): boolean {
  return /(?:^|[-._])(?:Docker|Container)file(?:[-._]\w[\w.-]*)?$/i.test(basename(path));
}

const syntax = /^#\s*syntax\s*=\s*(?<image>\S+)/i;
const from = /^\s*FROM\s+(?:--\S+\s+)*(?<image>\S+)(?:\s+AS\s+(?<stage>\S+))?/i;
const copied = /^\s*(?:COPY|ADD)\s+(?:--\S+\s+)*?--from=(?<image>\S+)/i;
const mounted = /--mount=\S*?\bfrom=(?<image>[^,\s]+)/gi;
const argument = /^\s*ARG\s+(?<name>\w+)=["']?(?<image>[^\s"']+)/i;

/** What a build pulls: `FROM`, `COPY --from`, mounts, arguments that are a whole name, the `# syntax=` of BuildKit. */
export function imagesOfBuild(file: SourceFile): ImagesOfFile {
  const usages: Usage[] = [];
  const stages = new Set<string>();
  const whole = new Set(
    [...file.text.matchAll(/\bFROM\s+(?:--\S+\s+)*["']?\$\{?(\w+)/gi)].map(([, name = '']) => name),
  );
  let offset = 0;
  for (const [index, raw] of file.text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    const at = offset;
    offset += raw.length + 1;
    const add = (match: RegExpExecArray, name: string): void => {
      const image = match.groups?.image ?? '';
      if (stages.has(image.toLowerCase())) return;
      const column = match.index + match[0].indexOf(image, match[0].search(/=|\s\S/));
      const usage = usageOf(image, name, file.path);
      const position = {
        file: file.path,
        line: index + 1,
        column: column + 1,
        offset: at + column,
        length: image.length,
      };
      if (usage !== undefined) usages.push({ ...usage, path: `/${index}`, position });
    };
    const base = from.exec(line);
    if (base !== null) add(base, 'FROM');
    const stage = base?.groups?.stage;
    if (stage !== undefined) stages.add(stage.toLowerCase());
    const copy = copied.exec(line);
    if (copy !== null) add(copy, 'COPY --from');
    for (const match of /^\s*RUN\b|^\s+--mount/i.test(line) ? line.matchAll(mounted) : [])
      add(match, 'RUN --mount');
    const frontend = index === 0 ? syntax.exec(line) : null;
    if (frontend !== null) add(frontend, 'syntax');
    const set = argument.exec(line);
    if (set?.groups?.name !== undefined && whole.has(set.groups.name)) add(set, `ARG ${set.groups.name}`);
  }
  return { file, usages, lookAlikes: [], objects: 1 };
}

function usageOf(image: string, name: string, file: string): Omit<Usage, 'path'> | undefined {
  const place = 'buildFile';
  const object = { apiVersion: 'v1', kind: 'File', name: file };
  const open = openName(image, true);
  if (open !== undefined) return { image, place, name, object, open, reason: 'named' };
  const reference = tryParseReference(image);
  const isName =
    image !== 'scratch' &&
    !/^\d+$/.test(image) &&
    (judge(image, true).image || judge(`${image}:1.0`, true).image);
  if (reference === undefined || !isName) return undefined;
  return { image, reference: formatReference(reference), place, name, object, reason: 'named' };
}
