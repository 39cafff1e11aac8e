import { afterEach, describe, expect, test } from 'vitest';
import {
  noContainerd,
  ownVersion,
  startContainerd,
  type OwnContainerd,
} from '../../../../test/support/own-containerd.ts';
import { configDraft, pauseImageOf, unusedSettings } from '../../../core/node-config/index.ts';
import type { NodeSettings } from '../../../core/model/index.ts';
import { localShell } from '../local.ts';
import {
  readNodeState,
  restartRuntime,
  restoreNodeFiles,
  sha256,
  writeNodeFiles,
  type NodeFileWrite,
} from './index.ts';

const { signal } = new AbortController();
const shell = localShell(signal);
const cri = 'plugins."io.containerd.grpc.v1.cri"';
/** Devices and cgroups of a container's host are not ours. */
const quiet = `[${cri}]\n  sandbox_image = "pause:1" # ours\n  restrict_oom_score_adj = true\n  disable_cgroup = true\n`;
const proxy = { name: 'proxy', server: 'https://harbor.corp', path: 'proxy' };
const settings: NodeSettings = { registries: [{ registry: 'docker.io', mirrors: [proxy] }] };

let own: OwnContainerd | undefined;
afterEach(async () => {
  await own?.close();
  own = undefined;
});

async function tell(node: OwnContainerd, told: NodeSettings) {
  const runtime = await node.runtime();
  const { files, restart } = configDraft(await readNodeState(shell, runtime, node.version), told);
  const writes = files.map(({ path, before, after }): NodeFileWrite => ({
    path,
    text: after,
    after: sha256(after),
    ...(before === undefined ? {} : { before: sha256(before) }),
  }));
  return { runtime, writes, restart };
}

/** containerd 2.x, see PULLMEND_CONTAINERD. */
function isTwo(): boolean {
  return ownVersion().startsWith('containerd://2.');
}

describe.skipIf(noContainerd() !== undefined)(
  `a containerd that starts anew (${noContainerd() ?? 'here'})`,
  () => {
    test('the old mirrors are set, read, and put back byte for byte', { timeout: 60_000 }, async () => {
      const config = `version = 2\n${quiet}[${cri}.registry.mirrors."docker.io"] # old\n  endpoint = ["https://old.corp"]\n`;
      own = await startContainerd(config);
      const { runtime, writes, restart } = await tell(own, {
        ...settings,
        pauseImage: 'harbor.corp/pause:2',
      });
      expect(restart).toBe('restart');
      await writeNodeFiles(shell, runtime, writes, { run: 'r-1', node: 'own' });
      expect(await restartRuntime(shell, runtime, writes, { run: 'r-1', signal })).toBeUndefined();
      const after = await own.runtime();
      expect(after.pid).not.toBe(runtime.pid);
      const state = await readNodeState(shell, after, own.version);
      expect(state.effective).toMatch(
        /endpoint = \[.https:\/\/harbor\.corp\/v2\/proxy., .https:\/\/old\.corp.\]/,
      );
      expect(pauseImageOf(state)).toBe('harbor.corp/pause:2');
      expect(unusedSettings(state)).toEqual([]);
      await restoreNodeFiles(shell, after, writes, { run: 'r-1', folders: [], dryRun: false });
      expect(await own.read(own.config)).toBe(config);
      expect(await restartRuntime(shell, after, [], { run: 'r-1', signal })).toBeUndefined();
    });

    test(
      'a plug-in that folder and mirrors together keep from loading comes back',
      { timeout: 60_000 },
      async () => {
        const config = `version = 2\n${quiet}[${cri}.registry]\n  config_path = "/etc/containerd/certs.d"\n[${cri}.registry.mirrors."docker.io"]\n  endpoint = ["https://registry-1.docker.io"]\n`;
        own = await startContainerd(config);
        const { runtime, writes } = await tell(own, settings);
        await writeNodeFiles(shell, runtime, writes, { run: 'r-1', node: 'own' });
        expect(await restartRuntime(shell, runtime, writes, { run: 'r-1', signal })).toBeUndefined();
      },
    );

    test.skipIf(!isTwo())(
      'the settings of 2.x are set in its own form and used',
      { timeout: 60_000 },
      async () => {
        const images = `plugins.'io.containerd.cri.v1.images'`;
        const config = `version = 3\n[${images}.pinned_images]\n  sandbox = 'pause:1' # ours\n[plugins.'io.containerd.cri.v1.runtime']\n  restrict_oom_score_adj = true\n  disable_cgroup = true\n`;
        own = await startContainerd(config);
        const { runtime, writes, restart } = await tell(own, {
          ...settings,
          pauseImage: 'harbor.corp/pause:2',
        });
        expect(restart).toBe('restart');
        await writeNodeFiles(shell, runtime, writes, { run: 'r-1', node: 'own' });
        expect(await restartRuntime(shell, runtime, writes, { run: 'r-1', signal })).toBeUndefined();
        const after = await own.runtime();
        const state = await readNodeState(shell, after, own.version);
        expect(pauseImageOf(state)).toBe('harbor.corp/pause:2');
        expect(unusedSettings(state)).toEqual([]);
        expect(await own.read(own.config)).toContain('sandbox = "harbor.corp/pause:2" # ours');
        const folders = ['/etc/containerd/certs.d/docker.io', '/etc/containerd/certs.d'];
        await restoreNodeFiles(shell, after, writes, { run: 'r-1', folders, dryRun: false });
        expect(await own.read(own.config)).toBe(config);
      },
    );

    test('a config that it does not take is refused by its own parser, and nothing changes', async () => {
      const config = `version = 2\n${quiet}`;
      own = await startContainerd(config);
      const text = 'version = "two"\n';
      const file = { path: own.config, before: sha256(config), after: sha256(text), text };
      const runtime = await own.runtime();
      await expect(writeNodeFiles(shell, runtime, [file], { run: 'r-1', node: 'own' })).rejects.toMatchObject(
        {
          code: 'PM_NODE_FILE_REFUSED',
        },
      );
      expect(await own.read(own.config)).toBe(config);
    });

    test(
      'one with which it is not well goes back, and it runs with the former',
      { timeout: 60_000 },
      async () => {
        const config = `version = 2\n${quiet}[${cri}.registry]\n  config_path = ""\n`;
        own = await startContainerd(config);
        // Its parser takes this, the plug-in does not load.
        const text =
          `${config}[${cri}.registry.mirrors."docker.io"]\n  endpoint = ["https://a.corp"]\n`.replace(
            'config_path = ""',
            'config_path = "/x"',
          );
        const file = { path: own.config, before: sha256(config), after: sha256(text), text };
        const runtime = await own.runtime();
        await writeNodeFiles(shell, runtime, [file], { run: 'r-1', node: 'own' });
        expect(await restartRuntime(shell, runtime, [file], { run: 'r-1', signal, wellSeconds: 3 })).toMatch(
          /not well/,
        );
        expect(await own.read(own.config)).toBe(config);
        const state = await readNodeState(shell, await own.runtime(), own.version);
        expect(pauseImageOf(state)).toBe('pause:1');
      },
    );
  },
);
