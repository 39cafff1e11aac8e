import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { isError } from '../../core/base/index.ts';
import { takeCredentials } from './credentials.ts';
import { loadKubeconfig } from './kubeconfig.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-kubeconfig-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, content: object | string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : stringify(content));
  return file;
}

function config(name: string, user: object = { token: 't' }, server = `https://${name}.example:6443`) {
  return {
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name, namespace: `of-${name}` } }],
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user }],
  };
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('finding the kubeconfig', () => {
  test('the flag, then KUBECONFIG, then the home folder', async () => {
    const file = await write('a', config('one'));
    const env = { KUBECONFIG: await write('b', config('two')) };
    expect(await loadKubeconfig({ kubeconfig: file, env })).toMatchObject({
      context: 'one',
      server: 'https://one.example:6443',
      namespace: 'of-one',
      file,
    });
    expect(await loadKubeconfig({ env })).toMatchObject({ context: 'two' });
  });

  test('files of KUBECONFIG are merged, the first wins, missing ones are skipped', async () => {
    const first = await write('a', config('one'));
    const second = await write('b', {
      ...config('two'),
      users: [...config('two').users, ...config('one', { token: 'other' }).users],
    });
    const env = { KUBECONFIG: [join(folder, 'missing'), first, second].join(':') };
    expect(await loadKubeconfig({ env })).toMatchObject({ context: 'one' });
    const loaded = await loadKubeconfig({ env, context: 'two' });
    expect(loaded).toMatchObject({ namespace: 'of-two' });
    expect(loaded.config.getUser('one')?.token).toBe('t');
  });

  test('none at all names the places', async () => {
    const error = await failure(loadKubeconfig({ env: { HOME: folder } }));
    expect(isError(error, 'PM_NO_KUBECONFIG') && error.params.looked).toEqual([
      join(folder, '.kube', 'config'),
    ]);
  });

  test.each([
    ['no such file', undefined],
    ['line 4, column 1', 'users:\n- name: a\n  user: {token: hunter2\n'],
    ['contexts[0].name is missing', { contexts: [{}], clusters: [], users: [] }],
    [
      'names cluster "gone"',
      { ...config('one'), contexts: [{ name: 'one', context: { cluster: 'gone', user: 'one' } }] },
    ],
    [
      'user "gone" of the context',
      { ...config('one'), contexts: [{ name: 'one', context: { cluster: 'one', user: 'gone' } }] },
    ],
    ['is not a URL', config('one', {}, 'nonsense')],
  ])('a broken one says: %s', async (reason, content) => {
    const file = content === undefined ? join(folder, 'none') : await write('a', content);
    const error = await failure(loadKubeconfig({ kubeconfig: file, env: {} }));
    if (!isError(error, 'PM_KUBECONFIG_INVALID')) throw error;
    expect(error.params.file).toBe(file);
    expect(error.params.reason).toContain(reason);
    expect(error.message).not.toContain('hunter2');
  });

  test('an unknown context lists the known ones', async () => {
    const file = await write('a', config('one'));
    const error = await failure(loadKubeconfig({ kubeconfig: file, context: 'prod', env: {} }));
    expect(isError(error, 'PM_CONTEXT_UNKNOWN') && error.params).toEqual({ context: 'prod', known: ['one'] });
    const empty = await failure(loadKubeconfig({ kubeconfig: await write('b', ''), env: {} }));
    expect(isError(empty, 'PM_CONTEXT_UNKNOWN') && empty.params).toEqual({ context: '', known: [] });
  });
});

describe('credentials', () => {
  test('a token file, beside the kubeconfig, with its line break', async () => {
    await write('token', 'from-file\n');
    const file = await write('a', config('one', { tokenFile: 'token' }));
    const { headers } = await takeCredentials(await loadKubeconfig({ kubeconfig: file, env: {} }));
    expect(headers.authorization).toBe('Bearer from-file');
  });

  test('a plugin', async () => {
    const status = { status: { token: 'from-plugin' } };
    const command = await write('plugin', `#!/bin/sh\necho '${JSON.stringify(status)}'\n`);
    await chmod(command, 0o755);
    const file = await write(
      'a',
      config('one', { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } }),
    );
    const { headers } = await takeCredentials(await loadKubeconfig({ kubeconfig: file, env: {} }));
    expect(headers.authorization).toBe('Bearer from-plugin');
  });

  test('a plugin that fails, in its own words', async () => {
    const command = await write('plugin', '#!/bin/sh\necho "session expired, run: acme login" >&2\nexit 1\n');
    await chmod(command, 0o755);
    const file = await write('a', config('one', { exec: { command } }));
    const error = await failure(loadKubeconfig({ kubeconfig: file, env: {} }).then(takeCredentials));
    expect(isError(error, 'PM_CREDENTIAL_PLUGIN') && error.params).toEqual({
      command,
      reason: 'session expired, run: acme login',
    });
  });

  describe('a plugin that keeps no bounds', () => {
    async function asked(script: string, limits: Parameters<typeof takeCredentials>[1]): Promise<unknown> {
      const command = await write('plugin', `#!/bin/sh\n${script}\n`);
      await chmod(command, 0o755);
      const loaded = await loadKubeconfig({
        kubeconfig: await write('a', config('one', { exec: { command } })),
        env: {},
      });
      return await failure(takeCredentials(loaded, limits));
    }

    test('is ended, and so is what it started', async () => {
      const error = await asked('sleep 600 & sleep 600', { timeoutMs: 200 });
      expect(isError(error, 'PM_CREDENTIAL_PLUGIN') && error.params.reason).toBe(
        'it did not end in time (0.2 s)',
      );
    });

    test('and one that writes without end', async () => {
      const error = await asked('cat /dev/zero', {});
      expect(isError(error, 'PM_CREDENTIAL_PLUGIN') && error.params.reason).toMatch(/^it wrote too much/);
    });

    test('Ctrl-C ends the wait', async () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(new Error('stopped')), 50);
      expect(await asked('sleep 600', { signal: stop.signal })).toMatchObject({ message: 'stopped' });
    });

    test('and an answer that is none', async () => {
      const error = await asked('echo "{}"', {});
      expect(isError(error, 'PM_CREDENTIAL_PLUGIN') && error.params.reason).toContain('no ExecCredential');
    });
  });

  test('a plugin is told for which version of the API it is asked, and by its own variables', async () => {
    const script = `
case "$KUBERNETES_EXEC_INFO" in *v1beta1*interactive*false*) told=yes ;; esac
printf '{"status":{"token":"%s %s"}}' "$MINE" "$told"`;
    const command = await write('plugin', `#!/bin/sh${script}\n`);
    await chmod(command, 0o755);
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command,
      env: [{ name: 'MINE', value: 'mine' }],
    };
    const file = await write('a', config('one', { exec }));
    const { headers } = await takeCredentials(await loadKubeconfig({ kubeconfig: file, env: {} }));
    expect(headers.authorization).toBe('Bearer mine yes');
  });

  test('a context without a user still trusts the cluster’s authority', async () => {
    const { users: _users, ...rest } = config('one');
    const contexts = [{ name: 'one', context: { cluster: 'one' } }];
    const file = await write('a', { ...rest, contexts });
    expect(await takeCredentials(await loadKubeconfig({ kubeconfig: file, env: {} }))).toMatchObject({
      headers: {},
    });
  });
});

describe('proxies', () => {
  test('of the environment are used, of the cluster first', async () => {
    const file = await write('a', config('one'));
    const env = { HTTPS_PROXY: 'proxy.corp:3128', NO_PROXY: 'two.example' };
    const loaded = await loadKubeconfig({ kubeconfig: file, env });
    expect(loaded.config.getCurrentCluster()?.proxyUrl).toBe('http://proxy.corp:3128');
  });
});
