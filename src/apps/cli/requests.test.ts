import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { startGitHub, type FakeGitHub } from '../../../test/support/github.ts';
import { makeImage, pushToStore, type TestImage } from '../../../test/support/images.ts';
import { createMender } from '../../flows/index.ts';
import { runIn } from './testing/world.ts';

const token = 'ghp_0123456789abcdef';
let github: FakeGitHub;
let registry: FaultyRegistry;
let image: TestImage;
let folder: string;
let env: Record<string, string>;
let config: string;

beforeEach(async () => {
  github = await startGitHub(token);
  registry = await startFaultyRegistry();
  image = await makeImage({ seed: 'requests' });
  await pushToStore(registry.store, 'acme/app', '1', image);
  folder = await mkdtemp(join(tmpdir(), 'pullmend-requests-'));
  config = join(folder, 'mirrors.yaml');
  await writeFile(
    config,
    `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: copies, scheme: harbor-library, at: "${registry.authority}/library", writable: true, plainHttp: true }
`,
  );
  env = {
    XDG_STATE_HOME: folder,
    GITHUB_TOKEN: token,
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: 'acme/mirror',
  };
});
afterEach(async () => {
  await github.close();
  await registry.close();
  await rm(folder, { recursive: true });
});

const plain = (): readonly string[] => ['--config', config, '--plain-http', registry.authority];

function issue(title: string, author = 'bob'): string {
  const number = github.issues.length + 1;
  github.issues.push({ number, title, body: '', labels: ['pullmend'], state: 'open', author, comments: [] });
  return JSON.stringify({ action: 'opened', issue: { number, title, user: { login: author } } });
}

async function answer(event: string, ...flags: readonly string[]) {
  const files = { 'event.json': event, 'allow.txt': `# ours\n${registry.authority}/acme/*\n` };
  return await runIn(
    { env, files },
    'requests',
    'answer',
    '--event',
    'event.json',
    '--to',
    'copies',
    '--allow',
    'allow.txt',
    ...flags,
    ...plain(),
  );
}

describe('requests answer', () => {
  test('copies, and answers with the true name and digest', async () => {
    const ran = await answer(issue(`[PULLMEND]${registry.authority}/acme/app:1`));
    expect([ran.code, ran.err]).toEqual([0, '']);
    const [asked] = github.issues;
    expect(asked?.state).toBe('closed');
    expect(asked?.labels).toEqual(['pullmend', 'success']);
    expect(asked?.comments.join()).toContain(`${registry.authority}/library/acme/app:1`);
    expect(asked?.comments.join()).toContain(image.digest);
    expect(await registry.store.listTags('library/acme/app')).toEqual(['1']);
    expect(github.refused).toEqual([]);
  });

  test.each([
    ['no name', '[PULLMEND]$(touch /tmp/x)', 'holds no image'],
    ['a title without end', `[PULLMEND]${'a'.repeat(5000)}`, 'holds no image'],
    ['what is not on the list', '[PULLMEND]docker.io/library/nginx:1', 'not on the list'],
  ])('refuses %s, and copies nothing', async (_, title, said) => {
    const ran = await answer(issue(title));
    expect(ran.code).toBe(0);
    expect(github.issues[0]?.labels).toEqual(['pullmend', 'failure']);
    expect(github.issues[0]?.comments.join()).toContain(said);
    expect(await registry.store.listTags('library/nginx')).toBeUndefined();
  });

  test('refuses the second request of a day when one is the most', async () => {
    const title = `[PULLMEND]${registry.authority}/acme/app:1`;
    await answer(issue(title), '--quota', '1');
    await answer(issue(title), '--quota', '1');
    await answer(issue(title, 'eve'), '--quota', '1');
    expect(github.issues.map(({ labels }) => labels.at(-1))).toEqual(['success', 'failure', 'success']);
  });

  test('says what failed', async () => {
    const ran = await answer(issue(`[PULLMEND]${registry.authority}/acme/none:1`));
    expect(ran.code).toBe(1);
    expect(github.issues[0]?.labels.at(-1)).toBe('failure');
    expect(github.issues[0]?.comments.join()).toContain('could not be copied');
  });

  test.each([['{'], ['{"pull_request":{}}']])('refuses an event without an issue: %s', async (event) => {
    const ran = await answer(event);
    expect([ran.code, ran.err.includes('PM_REQUEST_EVENT')]).toEqual([2, true]);
  });
});

test('requests refresh copies what was served, where it has changed', async () => {
  await answer(issue(`[PULLMEND]${registry.authority}/acme/app:1`));
  const newer = await makeImage({ seed: 'newer' });
  await pushToStore(registry.store, 'acme/app', '1', newer);
  const ran = await runIn({ env }, 'requests', 'refresh', '--to', 'copies', '-o', 'json', ...plain());
  expect(JSON.parse(ran.out)).toMatchObject({ items: [{ state: 'copied', digest: newer.digest }] });
});

describe('request', () => {
  const name = (): string => `${registry.authority}/acme/app:1`;
  const real = { createMender };

  test('gives a link, and sends nothing', async () => {
    const ran = await runIn(
      { ...real, env },
      'request',
      'nginx:1.27',
      '--via',
      'linuxba',
      '--config',
      config,
    );
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain('title=%5BPORTER%5Dnginx%3A1.27');
    expect(github.issues).toEqual([]);
  });

  test('opens the issue after a yes, and waits for the copy with the same digest', async () => {
    await pushToStore(registry.store, 'library/acme/app', '1', image);
    const args = [
      '--via',
      'pullmend',
      '--repo',
      'acme/mirror',
      '--create',
      '--wait',
      '--timeout',
      '5',
      '--config',
      config,
    ];
    const options = { ...real, env, terminal: true, answers: ['y'] };
    const ran = await runIn(options, 'request', name(), ...args);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain(`there: ${registry.authority}/library/acme/app:1`);
    expect(github.issues.map(({ title }) => title)).toEqual([`[PULLMEND]${name()}`]);
  });

  test('sends nothing after a no', async () => {
    const args = ['--via', 'pullmend', '--repo', 'acme/mirror', '--create', '--config', config];
    const ran = await runIn({ ...real, env, terminal: true, answers: ['n'] }, 'request', name(), ...args);
    expect([ran.code, ran.out.includes('nothing was sent'), github.issues]).toEqual([1, true, []]);
  });

  test('does not believe a copy with another digest', async () => {
    const other = await makeImage({ seed: 'other' });
    await pushToStore(registry.store, 'library/acme/app', '1', other);
    const args = ['--via', 'linuxba', '--wait', '--timeout', '1', '--config', config];
    const ran = await runIn({ ...real, env }, 'request', name(), ...args);
    expect([ran.code, ran.err.includes('PM_REQUEST_NOT_SERVED')]).toEqual([1, true]);
    expect(ran.err).toContain('different');
  });

  test.each([
    [['--via', 'linuxba', '--create'], { GITHUB_TOKEN: '' }, 'PM_GITHUB_TOKEN', 2],
    [
      ['--via', 'pullmend', '--repo', 'acme/mirror', '--create', '--yes'],
      { GITHUB_TOKEN: 'wrong-token' },
      'PM_GITHUB_FAILED',
      1,
    ],
    [['--via', 'pullmend', '--repo', 'acme', '--create'], {}, 'PM_USAGE', 2],
    [['--via', 'nobody'], {}, 'PM_REQUEST_SERVICE_UNKNOWN', 2],
    [[], {}, 'PM_USAGE', 2],
  ])('%j fails with its reason, without the token', async (args, more, code, exit) => {
    const ran = await runIn(
      { ...real, env: { ...env, ...more } },
      'request',
      'nginx:1',
      ...args,
      '--config',
      config,
    );
    expect([ran.code, ran.err.includes(code)]).toEqual([exit, true]);
    expect(ran.err + ran.out).not.toContain('wrong-token');
  });
});
