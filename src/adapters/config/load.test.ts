import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isError } from '../../core/base/index.ts';
import { loadMirrorSet } from './index.ts';

const head = 'apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\n';
let home = '';

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'pullmend-config-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function write(file: string, name: string) {
  const full = path.join(home, file);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(
    full,
    `${head}mirrors:\n  - { name: ${name}, scheme: drop-host, at: m.corp, caFile: ca.pem }\n`,
  );
  return full;
}

async function names(sources: { path?: string; env?: Record<string, string> }) {
  const set = await loadMirrorSet({ env: {}, home, ...sources });
  return set.mirrors.map(({ name }) => name);
}

describe('loadMirrorSet', () => {
  test('no file at all is no mirror at all', async () => {
    expect(await names({})).toEqual([]);
  });

  test('the flag goes before the variable, the variable before the home folder', async () => {
    await write('.config/pullmend/config.yaml', 'home');
    expect(await names({})).toEqual(['home']);
    await write('xdg/pullmend/config.yaml', 'xdg');
    const env = { XDG_CONFIG_HOME: path.join(home, 'xdg') };
    expect(await names({ env })).toEqual(['xdg']);
    const withVariable = { ...env, PULLMEND_CONFIG: await write('variable.yaml', 'variable') };
    expect(await names({ env: withVariable })).toEqual(['variable']);
    expect(await names({ env: withVariable, path: await write('flag.yaml', 'flag') })).toEqual(['flag']);
  });

  test('a file that was named must be there', async () => {
    await expect(names({ path: path.join(home, 'none.yaml') })).rejects.toSatisfy((error) =>
      isError(error, 'PM_CONFIG_NOT_FOUND'),
    );
    await expect(names({ env: { PULLMEND_CONFIG: home } })).rejects.toSatisfy((error) =>
      isError(error, 'PM_CONFIG_NOT_FOUND'),
    );
  });

  test('caFile starts at the folder of the configuration', async () => {
    const file = await write('deep/config.yaml', 'm');
    const set = await loadMirrorSet({ path: file, env: {}, home });
    expect(set.mirrors[0]?.caFile).toBe(path.join(home, 'deep', 'ca.pem'));
  });

  test('so do the files of a client certificate, and one goes not without the other', async () => {
    const file = path.join(home, 'client.yaml');
    const mirror = (more: string) =>
      `${head}mirrors:\n  - { name: m, scheme: drop-host, at: m.corp, ${more} }\n`;
    await writeFile(file, mirror('clientCertFile: c.pem, clientKeyFile: ~/c.key'));
    const set = await loadMirrorSet({ path: file, env: {}, home });
    expect(set.mirrors[0]).toMatchObject({
      clientCertFile: path.join(home, 'c.pem'),
      clientKeyFile: path.join(home, 'c.key'),
    });
    await writeFile(file, mirror('clientCertFile: c.pem'));
    await expect(names({ path: file })).rejects.toThrow('clientKeyFile');
  });

  test('a mistake is told with the file', async () => {
    const file = path.join(home, 'bad.yaml');
    await writeFile(file, 'kind: X\n');
    await expect(names({ path: file })).rejects.toSatisfy(
      (error) => isError(error, 'PM_CONFIG_INVALID') && error.where === `${file}:1:1`,
    );
  });
});
