/**
 * `npm run bench:built -- FOLDER…`: rewrites whole repositories (a GitOps repository, kubeflow's manifests) in a copy and
 * builds every kustomization in them before and after. Says how many images moved, and every other difference: there
 * must be none. The folders are clones that you made; what they fetch from elsewhere is not built. Needs kubectl.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..');
const mirror = 'harbor.corp/mirror';
/** A build that needs longer waits for the network. */
const buildSeconds = 60;
const buildsAtOnce = 2;

/** Ways to write what stands before the name of an image of Docker Hub. */
const hubPrefixes = [
  'docker.io/library/',
  'index.docker.io/library/',
  'library/',
  'docker.io/',
  'index.docker.io/',
  '',
];

const folder = await mkdtemp(join(tmpdir(), 'bench-built-'));
const config = join(folder, 'config.yaml');
await writeFile(
  config,
  `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - { name: all, scheme: prefix-host-path, at: ${mirror} }\n`,
);
let faults = 0;
try {
  for (const source of process.argv.slice(2)) faults += await check(source);
} finally {
  await rm(folder, { recursive: true });
}
process.exitCode = faults === 0 ? 0 : 1;

async function check(source: string): Promise<number> {
  const copy = join(folder, basename(source));
  await cp(source, copy, { recursive: true, filter: (path) => basename(path) !== '.git' });
  const files = await readdir(copy, { recursive: true });
  const folders = files
    .filter((path) => /^kustomization\.ya?ml$|^Kustomization$/.test(basename(path)))
    .map(dirname)
    .toSorted();
  const before = await buildAll(copy, folders);
  const report = await rewrite(copy);
  const after = await buildAll(copy, folders);
  let moved = 0;
  const unmoved = new Set<string>();
  const wrong: string[] = [];
  for (const [path, text] of before) {
    const built = after.get(path);
    if (built === undefined) {
      wrong.push(`${path}: is no longer built`);
      continue;
    }
    const [old, now] = [text, built].map(documents);
    compare(old, now, path, wrong, () => (moved += 1));
    for (const image of built.matchAll(/^\s*(?:- )?image: *["']?([^\s"']+)/gm)) {
      if (!(image[1] ?? '').startsWith(mirror)) unmoved.add(image[1] ?? '');
    }
  }
  console.log(
    `${basename(source)}: ${files.filter((path) => /\.(?:ya?ml|json)$/.test(path)).length} files, ${folders.length} kustomizations, ${before.size} can be built here; ` +
      `${report.changes} places rewritten, ${report.left} left; images moved in what is built: ${moved}; other differences: ${wrong.length}`,
  );
  for (const line of wrong) console.log(`  ${line}`);
  if (unmoved.size > 0) console.log(`  not moved: ${[...unmoved].join(', ')}`);
  return wrong.length;
}

async function rewrite(copy: string): Promise<{ readonly changes: number; readonly left: number }> {
  const args = ['rewrite', copy, '--in-place', '--no-probe', '--config', config, '-o', 'json'];
  const { code, out, err } = await run(process.execPath, [join(root, 'bin/pullmend.cjs'), ...args]);
  if (code !== 0 && code !== 3) throw new Error(`rewrite ended with ${code}: ${err}`);
  const { changes, left } = JSON.parse(out) as { changes: unknown[]; left: unknown[] };
  return { changes: changes.length, left: left.length };
}

async function buildAll(copy: string, folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const limit = pLimit(buildsAtOnce);
  const built = await Promise.all(
    folders.map((path) =>
      limit(async () => {
        const { code, out } = await run('kubectl', [
          'kustomize',
          '--load-restrictor',
          'LoadRestrictionsNone',
          join(copy, path),
        ]);
        return code === 0 ? ([path, out] as const) : undefined;
      }),
    ),
  );
  return new Map(built.filter((it) => it !== undefined));
}

type Result = { readonly code: number | null; readonly out: string; readonly err: string };

async function run(command: string, args: readonly string[]): Promise<Result> {
  // Whatever would be fetched fails at once.
  const nowhere = 'http://127.0.0.1:1';
  const child = spawn(command, args, {
    timeout: buildSeconds * 1000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      https_proxy: nowhere,
      http_proxy: nowhere,
      GIT_TERMINAL_PROMPT: '0',
      GIT_SSH_COMMAND: 'false',
      XDG_STATE_HOME: join(folder, 'state'),
    },
  });
  const text = async (stream: AsyncIterable<Buffer>): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  };
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

function documents(text: string): unknown {
  return parseAllDocuments(text, { uniqueKeys: false }).map(
    (document) => document.toJS({ maxAliasCount: -1 }) as unknown,
  );
}

/** Counts the images that moved, and tells all else that differs. */
function compare(old: unknown, now: unknown, path: string, wrong: string[], moved: () => void): void {
  if (typeof old === 'string' && typeof now === 'string') {
    const [a, b] = [unhashed(old), unhashed(now)];
    if (a === b) return;
    if (isMoved(a, b)) moved();
    else wrong.push(`${path}: ${JSON.stringify(a).slice(0, 200)} became ${JSON.stringify(b).slice(0, 200)}`);
  } else if (Array.isArray(old) && Array.isArray(now) && old.length === now.length) {
    for (const [index, item] of old.entries()) compare(item, now[index], `${path}/${index}`, wrong, moved);
  } else if (isMap(old) && isMap(now)) {
    const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
    for (const key of keys) compare(old[key], now[key], `${path}/${key}`, wrong, moved);
  } else if (old !== now) wrong.push(`${path}: ${JSON.stringify(old)} became ${JSON.stringify(now)}`);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The hash of a generated ConfigMap changes with its content. */
function unhashed(text: string): string {
  return text.replace(/-[bcdfghkmt2456789]{10}(?![\w-])/g, '-HASH');
}

/** Is the second the first, with nothing but mirrored names in the place of the original ones. */
function isMoved(old: string, now: string): boolean {
  const [first = '', ...mirrored] = now.split(`${mirror}/`);
  if (mirrored.length === 0 || !old.startsWith(first)) return false;
  let ends = [first.length];
  for (const part of mirrored) {
    const [, hub, rest = ''] = /^(docker\.io\/(?:library\/)?)(.*)$/s.exec(part) ?? [];
    const forms = hub === undefined ? [part] : hubPrefixes.map((prefix) => `${prefix}${rest}`);
    ends = [
      ...new Set(
        ends.flatMap((at) => forms.flatMap((form) => (old.startsWith(form, at) ? at + form.length : []))),
      ),
    ];
  }
  return ends.includes(old.length);
}
