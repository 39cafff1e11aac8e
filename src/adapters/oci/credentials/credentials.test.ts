import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isError } from '../../../core/base/index.ts';
import { anonymous, dockerConfigKeychain, firstOf, pullSecretKeychain } from '../index.ts';
import { findEntry } from './match.ts';

let home = '';

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'pullmend-docker-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function dockerConfig(content: unknown) {
  await mkdir(path.join(home, '.docker'), { recursive: true });
  await writeFile(
    path.join(home, '.docker', 'config.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  return dockerConfigKeychain({ home, env: { PATH: `${home}:${process.env['PATH']}` } });
}

async function helper(name: string, script: string) {
  const file = path.join(home, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const basic = (username: string, password: string) => ({ type: 'basic', username, password });

describe('docker config', () => {
  test('entries, Docker Hub under its old name, identity tokens', async () => {
    const keychain = await dockerConfig({
      auths: {
        'https://index.docker.io/v1/': { auth: base64('hub:p:w') },
        'harbor.corp:8443': { username: 'robot', password: 'secret' },
        'acr.corp': { auth: base64('00000:'), identitytoken: 'refresh' },
        'empty.corp': {},
      },
    });
    expect(await keychain.find('docker.io', 'library/nginx')).toEqual(basic('hub', 'p:w'));
    expect(await keychain.find('harbor.corp:8443', 'a')).toEqual(basic('robot', 'secret'));
    expect(await keychain.find('harbor.corp', 'a')).toBeUndefined();
    expect(await keychain.find('acr.corp', 'a')).toEqual({ type: 'identity-token', token: 'refresh' });
    expect(await keychain.find('empty.corp', 'a')).toBeUndefined();
  });

  test('no file is nobody; $DOCKER_CONFIG leads elsewhere', async () => {
    expect(await dockerConfigKeychain({ home, env: {} }).find('quay.io', 'a')).toBeUndefined();
    await writeFile(
      path.join(home, 'config.json'),
      JSON.stringify({ auths: { 'quay.io': { auth: base64('a:b') } } }),
    );
    const keychain = dockerConfigKeychain({ home: '/nowhere', env: { DOCKER_CONFIG: home } });
    expect(await keychain.find('quay.io', 'a')).toEqual(basic('a', 'b'));
  });

  test.each([
    ['{"auths": {"q": "c2VjcmV0', 'not valid JSON'],
    ['{"auths": ["c2VjcmV0"]}', '"auths" is not as docker writes it'],
    ['[]', 'not a docker configuration'],
  ])('%s is refused without being quoted', async (content, reason) => {
    const keychain = await dockerConfig(content);
    await expect(keychain.find('q', 'a')).rejects.toSatisfy(
      (error) =>
        isError(error, 'PM_CREDENTIALS_UNREADABLE') &&
        error.message.includes(reason) &&
        !error.message.includes('c2VjcmV0'),
    );
  });
});

describe('credential helpers', () => {
  test('of one host before the store, the store before the file', async () => {
    await helper('one', 'cat > /dev/null; echo \'{"Username":"one","Secret":"1"}\'');
    await helper('all', 'read server; echo "{\\"Username\\":\\"$server\\",\\"Secret\\":\\"2\\"}"');
    const auths = { 'quay.io': { auth: base64('file:3') } };
    const keychain = await dockerConfig({ credHelpers: { 'gcr.io': 'one' }, credsStore: 'all', auths });
    expect(await keychain.find('gcr.io', 'a')).toEqual(basic('one', '1'));
    expect(await keychain.find('quay.io', 'a')).toEqual(basic('quay.io', '2'));
    expect(await keychain.find('docker.io', 'a')).toEqual(basic('https://index.docker.io/v1/', '2'));
  });

  test('that hold nothing leave it to the file', async () => {
    await helper('none', 'echo "credentials not found in native keychain"; exit 1');
    const auths = { 'quay.io': { auth: base64('file:3') } };
    const keychain = await dockerConfig({ credsStore: 'none', auths });
    expect(await keychain.find('quay.io', 'a')).toEqual(basic('file', '3'));
    expect(await keychain.find('ghcr.io', 'a')).toBeUndefined();
  });

  test('may give an identity token', async () => {
    await helper('idt', 'echo \'{"Username":"<token>","Secret":"refresh"}\'');
    const keychain = await dockerConfig({ credsStore: 'idt' });
    expect(await keychain.find('acr.io', 'a')).toEqual({ type: 'identity-token', token: 'refresh' });
  });

  test.each([
    ['fails', 'echo "locked password=hunter2" >&2; exit 3', 'locked password=***'],
    ['talks', 'echo hello', 'no JSON'],
  ])('one that %s', async (_, script, reason) => {
    await helper('bad', script);
    const keychain = await dockerConfig({ credsStore: 'bad' });
    await expect(keychain.find('q.io', 'a')).rejects.toSatisfy(
      (error) => isError(error, 'PM_CREDENTIAL_HELPER') && error.message.includes(reason),
    );
  });

  test.each(['missing', '../../bin/sh'])('%s cannot be run', async (name) => {
    const keychain = await dockerConfig({ credsStore: name });
    await expect(keychain.find('q.io', 'a')).rejects.toSatisfy((error) =>
      isError(error, 'PM_CREDENTIAL_HELPER'),
    );
  });
});

describe('pull secrets', () => {
  test('of both kinds', async () => {
    const entry = { 'harbor.corp': { auth: base64('robot$shop:secret') } };
    for (const content of [{ auths: entry }, entry]) {
      const keychain = pullSecretKeychain(JSON.stringify(content), 'Secret/shop/harbor');
      expect(await keychain.find('harbor.corp', 'a')).toEqual(basic('robot$shop', 'secret'));
      expect(await keychain.find('other.corp', 'a')).toBeUndefined();
    }
    expect(() => pullSecretKeychain('{', 'Secret/shop/harbor')).toThrow('Secret/shop/harbor');
  });

  test('one after the other', async () => {
    const second = pullSecretKeychain('{"q.io":{"username":"u","password":"p"}}', 's');
    expect(await firstOf(anonymous, second).find('q.io', 'a')).toEqual(basic('u', 'p'));
  });
});

test.each([
  [['harbor.corp', 'harbor.corp/shop'], 'harbor.corp', 'shop/web', 'harbor.corp/shop'],
  [['harbor.corp', 'harbor.corp/sho'], 'harbor.corp', 'shop/web', 'harbor.corp'],
  [['*.corp'], 'harbor.corp', 'a', '*.corp'],
  [['*.corp'], 'a.harbor.corp', 'a', undefined],
  [['*.*.amazonaws.com'], 'x.dkr.amazonaws.com', 'a', '*.*.amazonaws.com'],
  [['https://harbor.corp/v2/'], 'harbor.corp', 'a', 'https://harbor.corp/v2/'],
  [['docker.io'], 'docker.io', 'library/x', 'docker.io'],
  [['HARBOR.corp:443'], 'harbor.corp:443', 'x', 'HARBOR.corp:443'],
  [[''], 'harbor.corp', 'x', undefined],
])('among %j, %s/%s takes %s', (keys, registry, repository, expected) => {
  expect(findEntry(Object.fromEntries(keys.map((key) => [key, key])), registry, repository)).toBe(expected);
});
