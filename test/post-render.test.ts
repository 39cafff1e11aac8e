import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIfNeeded } from '../tools/build/index.ts';
import { helmForTests } from './support/helm.ts';
import { repository } from './support/repository.ts';
import { pod, writeChart } from './support/small-chart.ts';

const helm = helmForTests();
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  await buildIfNeeded();
  folder = mkdtempSync(join(tmpdir(), 'pullmend-post-render-'));
  symlinkSync(join(repository, 'bin', 'pullmend.cjs'), join(folder, 'pullmend'));
  const config = join(folder, 'config.yaml');
  writeFileSync(
    config,
    'apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors: [{ name: m, scheme: drop-host, at: harbor.corp/m }]\n',
  );
  env = {
    ...process.env,
    PATH: [folder, dirname(process.execPath), process.env['PATH']].join(delimiter),
    PULLMEND_CONFIG: config,
    HELM_DATA_HOME: join(folder, 'data'),
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { env, encoding: 'utf8' });
}

describe.skipIf(helm === undefined)('pullmend post-render behind the real helm', () => {
  test('gives what a chart has written in its templates the names of the mirror', () => {
    const chart = writeChart(join(folder, 'chart'), {
      'templates/pod.yaml': `# as it is\n${pod('p', 'quay.io/acme/fixed:1', '"busybox"')}`,
    });
    // Helm 3 starts the program itself, Helm 4 a plug-in.
    const isFour = run(helm ?? '', 'version', '--template', '{{.Version}}').startsWith('v4');
    if (isFour) {
      const plugin = join(folder, 'plugin');
      expect(run('pullmend', 'post-render', '--helm-plugin', plugin)).toContain('helm plugin install');
      run(helm ?? '', 'plugin', 'install', plugin);
    }
    const behind = isFour ? [] : ['--post-renderer-args', 'post-render'];
    const text = run(helm ?? '', 'template', 'r', chart, '--post-renderer', 'pullmend', ...behind);
    // Helm 4 writes the YAML anew before it hands it on.
    expect(text).toMatch(/image: '?harbor\.corp\/m\/acme\/fixed:1'? *\}/);
    expect(text).toMatch(/image: "harbor\.corp\/m\/library\/busybox"/);
  });
});

test('writes a plug-in for Helm 4', () => {
  const plugin = join(folder, 'written');
  const said = run('pullmend', 'post-render', '--helm-plugin', plugin, '--lang', 'zh');
  expect(said).toContain(`helm plugin install ${plugin}`);
  expect(readFileSync(join(plugin, 'plugin.yaml'), 'utf8')).toMatch(
    /type: postrenderer\/v1\nname: pullmend\n[^]*command: pullmend\n +args: \[post-render\]/,
  );
});
