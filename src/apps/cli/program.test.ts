import { describe, expect, test } from 'vitest';
import { loadMessages, messages } from './words/index.ts';
import { commands } from './commands.ts';
import { buildProgram } from './program.ts';
import { textWidth } from './render/wrap.ts';
import { runIn } from './testing/world.ts';

await loadMessages('zh');

describe('what is not understood', () => {
  test.each([
    [['dignose'], 'unknown command "dignose"; did you mean diagnose?', 'pullmend --help'],
    [['xyzzy'], 'unknown command "xyzzy"', 'pullmend --help'],
    [['help', 'dignose'], 'unknown command "dignose"; did you mean diagnose?', 'pullmend --help'],
    [
      ['fix', '--allnamespaces'],
      'unknown flag --allnamespaces; did you mean --all-namespaces?',
      'pullmend fix --help',
    ],
    [['fix', '--frobnicate=x'], 'unknown flag --frobnicate', 'pullmend fix --help'],
    [['fix', '--kubeconfg=x'], 'unknown flag --kubeconfg; did you mean --kubeconfig?', 'pullmend fix --help'],
    [['mirrors', 'chek'], 'unknown command "chek"; did you mean check?', 'pullmend mirrors --help'],
    [['node', 'load'], 'IMAGE is missing', 'pullmend node load --help'],
    [
      ['node', 'config', 'apply', '--registry', 'a/b'],
      '--registry: "a/b" is not a host; write host[:port]',
      'pullmend node config apply --help',
    ],
    [['fix', '--namespace'], '--namespace needs a value', 'pullmend fix --help'],
    [['fix', '-o', 'xml'], '-o: "xml" is not one of table, json, yaml', 'pullmend fix --help'],
    [
      ['fix', '--timeout', 'soon'],
      '--timeout: "soon" is not a duration such as 90s, 5m or 1h30m',
      'pullmend fix --help',
    ],
    [
      ['find', 'a', '--platform', 'arm'],
      '--platform: "arm" is not a platform; write os/arch[/variant], e.g. linux/arm64',
      'pullmend find --help',
    ],
    [
      ['fix', '--accept-loss', 'job/x'],
      '--accept-loss: "job/x" does not name an object; write KIND/NAMESPACE/NAME, e.g. Job/shop/import',
      'pullmend fix --help',
    ],
    [['--lang', 'fr', 'fix'], '--lang: "fr" is not one of en, zh', 'pullmend --help'],
    [['apply'], 'PLAN is missing', 'pullmend apply --help'],
    [['version', 'x'], 'too many arguments: x', 'pullmend version --help'],
    [
      ['fix', 'web'],
      '"web" does not name an object; write KIND/NAME, e.g. deployment/web',
      'pullmend fix --help',
    ],
    [
      ['fix', '-A', 'deployment/web'],
      'an object cannot be taken by name from all namespaces; use -n NAMESPACE',
      'pullmend fix --help',
    ],
    [
      ['fix', '-n', 'x', '-f', 'a.yaml'],
      '-f reads files only: leave out KIND/NAME, -n, -A and -l',
      'pullmend fix --help',
    ],
  ])('%j', async (argv, problem, help) => {
    const { code, err, out } = await runIn({}, ...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err.replace(/\n {2}(?! )(?!do)/g, ' ')).toBe(`PM_USAGE  ${problem}\n  do      ${help}\n`);
  });
});

describe('flags become options', () => {
  test('cluster', async () => {
    const argv = ['-n', 'shop', '-l', 'app=web', 'deployment/web', '--timeout', '1h30m', '--keep', '--yes'];
    const { calls } = await runIn({}, 'fix', ...argv, '--allow-unverified', '--pull-policy', 'IfNotPresent');
    expect(calls[0]).toMatchObject({
      target: {
        type: 'cluster',
        namespace: 'shop',
        selector: 'app=web',
        names: ['deployment/web'],
        allNamespaces: false,
      },
      options: {
        timeoutSeconds: 5400,
        keep: true,
        dryRun: false,
        allowUnverified: true,
        pullPolicy: 'IfNotPresent',
      },
    });
  });

  test('the defaults are the careful ones', async () => {
    const { calls } = await runIn({}, 'fix', '--yes');
    expect(calls[0]).toMatchObject({
      target: { type: 'cluster', names: [], allNamespaces: false },
      options: { timeoutSeconds: 300, keep: false, dryRun: false, allowUnverified: false },
    });
    expect(calls[0]?.target).not.toHaveProperty('namespace');
    expect(calls[0]?.options).not.toHaveProperty('pullPolicy');
  });

  test('files, by glob and by repetition', async () => {
    const { calls } = await runIn({}, 'plan', '-f', 'a.yaml', 'b.yaml', '-f', 'c.yaml');
    expect(calls[0]?.target).toEqual({ type: 'files', paths: ['a.yaml', 'b.yaml', 'c.yaml'] });
  });

  test('flags of every command stand before or after it', async () => {
    const seen: unknown[] = [];
    const createMender = (options: object): Promise<never> => {
      seen.push(options);
      return Promise.reject(new Error('seen'));
    };
    await runIn({ createMender }, '--context', 'a', 'diagnose', '--kubeconfig', 'k', '--config=c');
    expect(seen).toMatchObject([{ context: 'a', kubeconfig: 'k', config: 'c', home: '/home/ann' }]);
  });

  test('repeatable flags', async () => {
    const { calls } = await runIn(
      {},
      'find',
      'nginx',
      '--platform',
      'linux/arm64',
      '--platform',
      'linux/arm/v7',
    );
    expect(calls[0]?.options).toEqual({ image: 'nginx', platforms: ['linux/arm64', 'linux/arm/v7'] });
  });
});

describe('help', () => {
  const helpOf = (lang: 'en' | 'zh', program: string): readonly string[] => {
    const written: string[] = [];
    const built = buildProgram({
      lang,
      program,
      version: '1',
      width: 80,
      invoke: () => Promise.resolve(),
      writeHelp: (text) => written.push(text),
    });
    for (const command of [built, ...built.commands]) command.outputHelp();
    return written;
  };

  test.each(['en', 'zh'] as const)('every line fits into 80 columns (%s)', (lang) => {
    for (const line of helpOf(lang, 'kubectl pullmend').join('\n').split('\n')) {
      expect(textWidth(line), line).toBeLessThanOrEqual(80);
    }
  });

  test('Chinese help has Chinese headings', () => {
    const [program = '', fix = ''] = helpOf('zh', 'pullmend');
    expect(program).toMatch(/^用法：pullmend COMMAND \[flags\]/);
    expect(fix).toContain('\n选项：\n');
    // Commander has words of its own.
    expect(helpOf('zh', 'pullmend').join('')).not.toMatch(/Usage:|Options:|Arguments:|display help/);
  });

  test('a kubectl plugin shows examples that kubectl understands', async () => {
    const { out } = await runIn({ program: 'kubectl pullmend' }, 'fix', '--help');
    expect(out).toContain('  kubectl pullmend fix -A --dry-run\n');
  });

  test('examples are the same in every language, and every one of them is understood', async () => {
    for (const { examples, flags, parts = [] } of commands) {
      const [en, zh] = (['en', 'zh'] as const).map((lang) =>
        examples?.(messages(lang)).map(({ run }) => run),
      );
      expect(zh).toEqual(en);
      for (const line of en ?? []) {
        const interrupt = new AbortController();
        const takesFormat = [flags, ...parts.map((part) => part.flags)].flat().includes('output');
        const format = takesFormat ? ['-o', 'json'] : [];
        // What the shell reads is no argument.
        const [own = ''] = line.split(' < ', 1);
        // It goes on until somebody ends it.
        if (line.startsWith('watch')) setTimeout(() => interrupt.abort(), 20);
        const world = { files: { 'plan.yaml': '' }, interrupt };
        const { err } = await runIn(world, ...own.split(' '), ...format);
        expect(`${line}: ${err}`).not.toContain('PM_USAGE');
      }
    }
  });

  test('without arguments: where to start', async () => {
    const { out } = await runIn({});
    expect(out).toContain('Start here:\n  pullmend diagnose -A  the whole cluster\n');
  });

  test('a command that needs another one shows which there are', async () => {
    const { out, code } = await runIn({}, 'mirrors');
    expect(code).toBe(0);
    expect(out).toContain('Usage: pullmend mirrors COMMAND');
  });
});
