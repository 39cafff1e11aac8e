import { randomBytes } from 'node:crypto';
import { PullmendError } from '../../../core/base/index.ts';
import type { NodeShell } from '../shell.ts';
import { quoted } from '../quoted.ts';
import type { Runtime } from '../survey.ts';
import { inRoot } from './read.ts';

/** A file to write: what it holds before, by sha256, and then. */
export type NodeFileWrite = {
  readonly path: string;
  /** Absent: there is no such file. */
  readonly before?: string;
  readonly after: string;
  readonly text: string;
};

/** A file to put back. */
export type NodeFileBack = Omit<NodeFileWrite, 'text'>;

export type BackOutcome = 'restored' | 'already' | 'changed-since' | 'no-backup';

/**
 * Functions of both scripts. What is written goes to a hidden file beside first (the kubelet and runtimes read none), is
 * flushed, and takes the place at once; owner and mode stay. A run that was killed leaves at most such a file, which the
 * next one removes. One run at a time on a node.
 */
export const functions = String.raw`
umask 022
if command -v flock >/dev/null; then exec 9>/run/pullmend-node.lock; flock -w 30 9 || { echo "$mark busy"; exit 0; }; fi
real() { if [ -L "$1" ]; then readlink -f "$1"; else echo "$1"; fi; }
sum() { if [ -f "$1" ]; then sha256sum <"$1" | cut -c 1-64; else echo -; fi; }
beside() { echo "$(dirname "$1")/.$(basename "$1").$2"; }
flush() { sync "$1" 2>/dev/null || sync; }
say() { echo "$mark $1 $2"; }
`;

/**
 * Writes settings on a node, all or none: every file is looked at before the first is written, and a failure puts back
 * those that were. What was there lies beside as `.NAME.pullmend-RUN`. Done already is done.
 *
 * Errors: PM_NODE_FILE_CHANGED, PM_NODE_FILE_UNWRITABLE, PM_NODE_FILE_REFUSED, NodeAccessError.
 *
 * @param run names the backups.
 */
export async function writeNodeFiles(
  shell: NodeShell,
  runtime: Pick<Runtime, 'pid'>,
  files: readonly NodeFileWrite[],
  { run, node }: { readonly run: string; readonly node: string },
): Promise<void> {
  const mark = randomBytes(8).toString('hex');
  const calls = (name: string): string =>
    files
      .map(({ path, before = '-', after, text }) =>
        [name, quoted(path), before, after, ...(name === 'put' ? [quoted(text)] : [])].join(' '),
      )
      .join('\n');
  const { stdout, stderr } = await inRoot(
    shell,
    runtime,
    `mark=${mark} run=${quoted(run)} done='' made=''
${functions}
${putting}
${calls('look')}
${calls('put')}
say done all`,
  );
  const said = saidBy(stdout, mark);
  if (said.some(([what]) => what === 'done')) return;
  const [what = '', path = ''] = said.findLast(([one]) => one !== 'put') ?? [];
  const reason = lastLine(stderr) || 'its script ended early';
  if (what === 'changed') throw new PullmendError('PM_NODE_FILE_CHANGED', { node, file: path });
  if (what === 'refused') throw new PullmendError('PM_NODE_FILE_REFUSED', { node, file: path, reason });
  const busy = what === 'busy' ? 'another run of pullmend changes this node' : reason;
  throw new PullmendError('PM_NODE_FILE_UNWRITABLE', {
    node,
    file: path || (files[0]?.path ?? ''),
    reason: busy,
  });
}

/** `look` stops before anything changes; `put` writes one file, `fail` takes the written ones back. */
const putting = String.raw`
look() {
  f=$(real "$1"); rm -f "$(beside "$f" pullmend-new)"; now=$(sum "$f")
  [ "$now" = "$2" ] || [ "$now" = "$3" ] || { say changed "$1"; exit 0; }
}
fail() {
  say "$1" "$2"
  rm -f "$(beside "$(real "$2")" pullmend-new)"
  printf '%s\n' "$done" | while IFS= read -r f; do
    [ -n "$f" ] || continue
    b=$(beside "$f" "pullmend-$run")
    if [ -f "$b" ]; then mv -f "$b" "$f"; else rm -f "$f"; fi
  done
  printf '%s\n' "$made" | while IFS= read -r d; do [ -n "$d" ] && rmdir "$d" 2>/dev/null; done
  exit 0
}
parses() {
  case "$1" in
  */config.toml) command -v containerd >/dev/null || return 0; containerd --config "$2" config dump >/dev/null ;;
  */daemon.json) dockerd --help 2>/dev/null | grep -q -- --validate || return 0; dockerd --validate --config-file "$2" >/dev/null ;;
  esac
}
put() {
  f=$(real "$1"); now=$(sum "$f")
  [ "$now" = "$3" ] && { say same "$1"; return; }
  n=$(beside "$f" pullmend-new); b=$(beside "$f" "pullmend-$run")
  d=$(dirname "$f")
  p=$d; new=''
  while [ ! -d "$p" ]; do new="$new$p
"; p=$(dirname "$p"); done
  made="$new$made"
  mkdir -p "$d" || fail unwritable "$1"
  if [ "$now" != - ]; then
    cp -p "$f" "$n" && flush "$n" && mv -f "$n" "$b" || fail unwritable "$1"
    cp -p "$f" "$n" || fail unwritable "$1"
  fi
  printf '%s' "$4" >"$n" && flush "$n" || fail unwritable "$1"
  parses "$f" "$n" || fail refused "$1"
  mv -f "$n" "$f" || fail unwritable "$1"
  done="$done
$f"
  say put "$1"
}
`;

/**
 * Puts back what still is as it was left: the very file of before, with owner, mode and times. Errors: NodeAccessError.
 *
 * @param folders that were made for the files and go when they are empty.
 */
export async function restoreNodeFiles(
  shell: NodeShell,
  runtime: Pick<Runtime, 'pid'>,
  files: readonly NodeFileBack[],
  {
    run,
    folders,
    dryRun,
  }: { readonly run: string; readonly folders: readonly string[]; readonly dryRun: boolean },
): Promise<ReadonlyMap<string, BackOutcome>> {
  const mark = randomBytes(8).toString('hex');
  const calls = files
    .toReversed()
    .map(({ path, before = '-', after }) => `back ${quoted(path)} ${before} ${after}`);
  const goes = dryRun ? '' : folders.map((folder) => `rmdir ${quoted(folder)} 2>/dev/null`).join('\n');
  const { stdout } = await inRoot(
    shell,
    runtime,
    `mark=${mark} run=${quoted(run)} dry=${dryRun ? 'yes' : 'no'}
${functions}
${restoring}
${calls.join('\n')}
${goes}
true`,
  );
  return new Map(saidBy(stdout, mark).map(([what, path]) => [path, what as BackOutcome]));
}

export const restoring = String.raw`
back() {
  f=$(real "$1"); b=$(beside "$f" "pullmend-$run"); rm -f "$(beside "$f" pullmend-new)"; now=$(sum "$f")
  if [ "$now" = "$2" ]; then [ "$dry" = yes ] || rm -f "$b"; say already "$1"; return; fi
  [ "$now" = "$3" ] || { say changed-since "$1"; return; }
  if [ "$2" != - ] && [ "$(sum "$b")" != "$2" ]; then say no-backup "$1"; return; fi
  if [ "$dry" = no ]; then
    if [ "$2" = - ]; then rm -f "$f"; else mv -f "$b" "$f"; fi
  fi
  say restored "$1"
}
`;

/** sha256 of files as they are; absent ones are left out. */
export async function sumsOf(
  shell: NodeShell,
  runtime: Pick<Runtime, 'pid'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const mark = randomBytes(8).toString('hex');
  const { stdout } = await inRoot(
    shell,
    runtime,
    `for file in ${paths.map(quoted).join(' ')}; do [ -f "$file" ] && echo "${mark} $(sha256sum <"$file" | cut -c 1-64) $file"; done\ntrue`,
  );
  return new Map(saidBy(stdout, mark).map(([sum, path]) => [path, sum]));
}

/** Folders on the way to these files that do not exist, innermost first. */
export async function missingFolders(
  shell: NodeShell,
  runtime: Pick<Runtime, 'pid'>,
  paths: readonly string[],
): Promise<readonly string[]> {
  const mark = randomBytes(8).toString('hex');
  const { stdout } = await inRoot(
    shell,
    runtime,
    `for file in ${paths.map(quoted).join(' ')}; do
  folder=$(dirname "$file")
  while [ ! -d "$folder" ]; do echo "${mark} folder $folder"; folder=$(dirname "$folder"); done
done`,
  );
  return [...new Set(saidBy(stdout, mark).map(([, folder]) => folder))].toSorted(
    (a, b) => b.length - a.length,
  );
}

function saidBy(stdout: string, mark: string): readonly (readonly [string, string])[] {
  return stdout.split('\n').flatMap((line) => {
    const [, what = '', path = ''] = new RegExp(`^${mark} (\\S+) ?(.*)$`).exec(line) ?? [];
    return what === '' ? [] : [[what, path] as const];
  });
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').slice(0, 300);
}
