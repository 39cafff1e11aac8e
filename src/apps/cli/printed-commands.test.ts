import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildProgram } from './program.ts';
import type { CommandSpec } from './command-spec.ts';
import { commands } from './commands.ts';
import { kubectlForms } from './flags/argv.ts';
import { asCalled } from './render/called.ts';
import { makePage } from './render/page.ts';
import { findingTexts } from './render/diagnosis/findings.ts';
import { unmendedRows } from './render/repair/unmended.ts';
import * as shop from './testing/shop.ts';
import { loadMessages, messages } from './words/index.ts';
import { errorCatalogue, errorSample, languages, type ErrorCode } from '../../core/base/index.ts';
import { grantCommands } from '../../capabilities/repair/index.ts';
import { classCommands } from '../../core/knowledge/failures/index.ts';
import {
  failureClasses,
  failureVariants,
  type FailureClass,
  type FailureVariant,
  type ObjectRef,
  type Refuser,
  type Unmended,
} from '../../core/model/index.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { helmForTests } from '../../../test/support/helm.ts';
import { kubectlForTests } from '../../../test/support/kubectl.ts';

await loadMessages('zh');

const root = join(import.meta.dirname, '../../..');
const kubectl = kubectlForTests();
const helm = helmForTests();
/** helm has read its flags before it looks for a cluster. */
const nowhere = { HOME: '/nonexistent', KUBECONFIG: '/dev/null' };

/** A port that nobody listens on: programs that get as far as dialling have understood their arguments. */
let closed: number;

beforeAll(async () => {
  closed = await freePort();
});

/** Every program that printed commands name: bash calls it, and what it was given is written down. */
const programs =
  'pullmend kubectl openssl getent curl crictl ctr nerdctl systemctl journalctl skopeo docker helm grep sed cat df ip awk date';

const endOfCall = '::end::';

/** What bash makes of a line: the calls that it leads to, word by word. */
function callsOf(line: string): readonly (readonly string[])[] {
  // One write a call, so no line break in it: those of a pipe come at the same time.
  const note = (name: string) => `printf '%s\\0' ${name} ${endOfCall} >&3`;
  const record = [
    ...programs.split(' ').map((name) => `${name}() { ${note(`${name} "$@"`)}; }`),
    `command_not_found_handle() { ${note('"$@"')}; }`,
  ].join('\n');
  const ran = spawnSync('bash', ['-c', `${record}\n${line}\nwait`], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: 10_000,
  });
  expect(ran.stderr, line).toBe('');
  const words = (ran.output[3] ?? '').split('\0').slice(0, -1);
  const calls: string[][] = [[]];
  for (const word of words) {
    if (word === endOfCall) calls.push([]);
    else calls.at(-1)?.push(word);
  }
  return calls.filter((call) => call.length > 0);
}

/** Our own parser, which refuses flags, commands and arguments that do not exist. */
async function pullmendRefuses(args: readonly string[]): Promise<string | undefined> {
  const program = buildProgram({
    lang: 'en',
    program: 'pullmend',
    version: '1',
    width: 80,
    invoke: async () => {},
    writeHelp: () => {},
  });
  try {
    await program.parseAsync(kubectlForms(args), { from: 'user' });
    return undefined;
  } catch (error) {
    const { params, code } = error as {
      readonly params?: { readonly problem?: string };
      readonly code?: string;
    };
    return (code ?? '').startsWith('commander.') ? undefined : (params?.problem ?? String(error));
  }
}

/** The real kubectl, with nobody behind its server. */
function kubectlRefuses(args: readonly string[]): string | undefined {
  if (kubectl === undefined) return undefined;
  // An editor and a terminal come after the object was read.
  const given = args.map((word) => word.replace(/=IMAGE$/, '=busybox:1'));
  const { stderr } = spawnSync(kubectl, [...given, `--server=http://127.0.0.1:${closed}`], {
    encoding: 'utf8',
    timeout: 20_000,
    input: '',
    env: { PATH: process.env['PATH'], ...nowhere },
  });
  const refused =
    /^(?:error: )?(?:unknown|invalid|accepts|exactly|required|flag needs|you must|there is no need).*/im.exec(
      stderr,
    );
  return refused?.[0];
}

function helmRefuses(args: readonly string[]): string | undefined {
  if (helm === undefined) return undefined;
  const env = { PATH: process.env['PATH'], ...nowhere };
  const { stderr } = spawnSync(helm, args, { encoding: 'utf8', timeout: 20_000, input: '', env });
  return /^Error: (?:unknown|invalid argument|flag needs|"helm .{1,40}" requires).*/im.exec(stderr)?.[0];
}

function programRefuses(args: readonly string[], usage: RegExp): string | undefined {
  const [name = '', ...rest] = args.map((word) =>
    // What a person has to fill in stands in capitals.
    word.replace(/^(?:127\.0\.0\.1:\d+|ADDRESS)$/, `127.0.0.1:${closed}`),
  );
  if (spawnSync('which', [name]).status !== 0) return undefined;
  const { stderr, status } = spawnSync(name, rest, { encoding: 'utf8', timeout: 10_000, input: '' });
  return status !== 0 && usage.test(stderr) ? stderr : undefined;
}

async function refusal([program = '', ...args]: readonly string[]): Promise<string | undefined> {
  switch (program) {
    case 'pullmend':
      return await pullmendRefuses(args);
    case 'kubectl':
      return args[0] === 'pullmend' ? await pullmendRefuses(args.slice(1)) : kubectlRefuses(args);
    case 'helm':
      return helmRefuses(args);
    case 'openssl':
      return programRefuses([program, ...args], /Use -help|Unknown option|invalid/i);
    case 'getent':
      return args.some((word) => /:\d+$/.test(word) && !word.includes('::'))
        ? 'a port is no part of a name'
        : programRefuses([program, ...args], /Usage|Unknown/);
    case 'curl':
      return programRefuses([program, ...args], /option|URL|malformed/i);
    default:
      return undefined;
  }
}

async function check(lines: readonly string[]): Promise<void> {
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const calls = callsOf(line);
    expect(calls.length, line).toBeGreaterThan(0);
    for (const call of calls) expect(await refusal(call), line).toBeUndefined();
  }
}

// Whoever has no such program sees here that its lines were only split into words.
test.runIf(kubectl !== undefined)('kubectl refuses what it does not know', () => {
  expect(kubectlRefuses(['get', 'pods', '--no-such-flag'])).toContain('unknown flag');
  expect(kubectlRefuses(['get', 'pods'])).toBeUndefined();
});

test.runIf(helm !== undefined)('helm refuses what it does not know', () => {
  expect(helmRefuses(['list', '--no-such-flag'])).toContain('unknown flag');
  expect(helmRefuses(['upgrade', 'one'])).toContain('requires');
});

const refusers: readonly Refuser[] = [
  'quota',
  'limit-range',
  'pod-security',
  'admission-policy',
  'webhook',
  'terminating',
  'service-account',
  'priority-class',
  'runtime-class',
  'other',
];

test.each(refusers)('pods refused by %s: what shows who it is', async (by) => {
  const page = makePage({ lang: 'en', width: 80, colours: false, program: 'pullmend', now: shop.now });
  const finding = { kind: 'pods-refused', by, name: 'one', objects: [shop.web], message: 'no' } as const;
  await check(findingTexts([finding], page).flatMap(({ commands }) => commands));
});

const context = {
  image: 'harbor.corp:8443/library/web:1.27',
  namespace: 'shop',
  pod: 'web-0',
  container: 'web',
  secret: 'pull',
  node: 'node-1',
};

describe.each(['pullmend', 'kubectl pullmend'])('called as %s', (program) => {
  const subjects: readonly (readonly [FailureClass, FailureVariant | undefined])[] = [
    ...failureClasses.map((name) => [name, undefined] as const),
    ...failureVariants.map((variant) => ['unauthorized', variant] as const),
  ];
  test.each([
    ['a host with a port', '127.0.0.1:5443', 'https://127.0.0.1:5443/v2/'],
    ['plain HTTP', '127.0.0.1:5443', 'http://127.0.0.1:5443/v2/'],
  ])('commands of the classes: %s', { timeout: 120_000 }, async (_, endpoint, evidence) => {
    const lines = subjects.flatMap(([name, variant]) =>
      classCommands(
        { class: name, endpoint, evidence, ...(variant === undefined ? {} : { variant }) },
        { ...context, program },
      ),
    );
    await check([...new Set(lines)]);
    expect(lines.join('\n')).not.toMatch(
      /\{(?:host|name|address|scheme|image|namespace|pod|container|secret|node|registry|program)\}/,
    );
    if (program !== 'pullmend') expect(lines.join('\n')).not.toMatch(/(?<!kubectl )pullmend /);
  });

  test('a context in which nothing is known', { timeout: 60_000 }, async () => {
    const lines = failureClasses.flatMap((name) => classCommands({ class: name, evidence: '' }, { program }));
    await check([...new Set(lines)]);
  });

  const kinds: readonly [string, string][] = [
    ['Pod', 'v1'],
    ['Deployment', 'apps/v1'],
    ['StatefulSet', 'apps/v1'],
    ['DaemonSet', 'apps/v1'],
    ['ReplicaSet', 'apps/v1'],
    ['Job', 'batch/v1'],
    ['CronJob', 'batch/v1'],
  ];
  const page = makePage({
    lang: 'en',
    width: 80,
    colours: false,
    program,
    now: 0,
  });
  const [problem] = shop.problems;
  const reasons = Object.keys(messages('en').unmended) as readonly Unmended['reason'][];
  test.each(reasons)('%s: what is left to a person', { timeout: 60_000 }, async (reason) => {
    const lines = kinds.flatMap(([kind, apiVersion]) => {
      const object: ObjectRef = { kind, apiVersion, namespace: 'shop', name: 'web', uid: '1' };
      const one: Unmended = {
        image: 'docker.io/acme/web:1',
        object,
        usages: [],
        reason,
        pods: 1,
        class: 'dns',
      };
      return problem === undefined ? [] : unmendedRows(problem, [one], page);
    });
    await check(printed(lines));
  });
});

/** Lines of a screen that begin with a program. */
function printed(lines: readonly string[]): readonly string[] {
  const begins = new RegExp(`^(?:${programs.replaceAll(' ', '|')}) `);
  return [...new Set(lines.map((line) => line.trim()).filter((line) => begins.test(line)))];
}

/** The command in a text about the next step: all of it, or what stands behind a colon. */
function commandsIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [, command] =
      /(?:^|[:：] ?)((?:pullmend|kubectl|docker|helm) [a-z][^（]*?)(?: {2,}\(.*|（.*)?$/.exec(line.trim()) ??
      [];
    // Prose may go on behind a command's name; flags are not prose.
    return command === undefined
      ? []
      : [command.replace(/,.*| (?:lists|asks|shows|gives|writes|works|then|with) .*|[；，].*/, '')];
  });
}

test('roles that are missing, with their bindings', async () => {
  const missing = [
    { verb: 'patch', resource: 'deployments.apps', namespace: 'shop' },
    { verb: 'list', resource: 'nodes' },
  ];
  const lines = ['jane', 'system:serviceaccount:ops:bot', "o'neill"].flatMap((user) =>
    grantCommands(missing, user).split('\n'),
  );
  expect(lines).toHaveLength(12);
  await check(lines);
});

describe('errors', () => {
  const codes = Object.keys(errorCatalogue) as readonly ErrorCode[];
  test.each(languages)('%s: commands of what to do', { timeout: 120_000 }, async (lang) => {
    const lines = codes.flatMap((code) => commandsIn(errorSample(code).text(lang).do ?? ''));
    const real = lines.map((line) =>
      line
        .replaceAll(/(?<=kubectl get )\{object\}\/(?: -n)?/gi, 'job/x')
        .replaceAll(/\{(\w+)[\w.]*\}/g, (_, key: string) => (key === 'command' ? 'pullmend fix' : 'value')),
    );
    await check([...new Set(real.filter((line) => !/[<>{}[\]|]/.test(line)))]);
  });
});

function examplesOf(spec: CommandSpec, lang: (typeof languages)[number]): readonly string[] {
  return [
    ...(spec.examples?.(messages(lang)) ?? []).map(({ run }) => `pullmend ${run.replace(/ < .*/, '')}`),
    ...(spec.parts ?? []).flatMap((part) => examplesOf(part, lang)),
  ];
}

test.each(languages)('%s: examples of the help', async (lang) => {
  await check(commands.flatMap((spec) => examplesOf(spec, lang)));
});

test('every command and every part of one has examples', () => {
  const all = commands.flatMap((spec) => [spec, ...(spec.parts ?? [])]);
  for (const spec of all) expect(examplesOf(spec, 'en'), spec.name).not.toEqual([]);
});

test('README and docs', { timeout: 120_000 }, async () => {
  const files = ['README.md', 'README.zh-CN.md', ...globSync('docs/{en,zh}/**/*.md', { cwd: root })];
  const lines = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block = '']) =>
      block
        .replaceAll(/\\\n/g, ' ')
        .split('\n')
        .filter((line) => /^(?:kubectl )?pullmend /.test(line) && !/[<…]/.test(line)),
    ),
  );
  await check([...new Set(lines)]);
});

test('a text names the program as it was called', () => {
  expect(asCalled('make a new plan: pullmend plan', 'kubectl pullmend')).toBe(
    'make a new plan: kubectl pullmend plan',
  );
  expect(asCalled('kubectl pullmend plan', 'kubectl pullmend')).toBe('kubectl pullmend plan');
  expect(asCalled('/home/pullmend fix', 'kubectl pullmend')).toBe('/home/pullmend fix');
  expect(asCalled('pullmend does not know', 'kubectl pullmend')).toBe('pullmend does not know');
});
