import { readFileSync } from 'node:fs';
import { run } from './command.ts';

type Mount = { readonly target: string; readonly type: string };

/** This process's mounts in mount order (proc(5), mountinfo). */
export function listMounts(): Mount[] {
  return parseMountInfo(readFileSync('/proc/self/mountinfo', 'utf8'));
}

export function parseMountInfo(text: string): Mount[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      return { target: unescapeOctal(before.split(' ')[4] ?? ''), type: after.split(' ')[0] ?? '' };
    });
}

/** Unmounts everything at and below a folder, last mounted first. */
export async function unmountBelow(dir: string): Promise<void> {
  for (const mount of mountsBelow(dir).toReversed()) {
    // Detached, because a reader elsewhere may still hold it open.
    await run('umount', ['--lazy', mount.target]);
  }
}

export function mountsBelow(dir: string): Mount[] {
  return listMounts().filter(({ target }) => target === dir || target.startsWith(`${dir}/`));
}

/** mountinfo writes blanks, tabs, newlines and backslashes as \ooo. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
