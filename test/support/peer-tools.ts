import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';

/** Programs of others that read what this one writes, as Go modules in fixed versions. */
const modules = {
  crane: 'github.com/google/go-containerregistry/cmd/crane@v0.22.1',
  regctl: 'github.com/regclient/regclient/cmd/regctl@v0.11.7',
  regsync: 'github.com/regclient/regclient/cmd/regsync@v0.11.7',
  registry: 'github.com/distribution/distribution/v3/cmd/registry@v3.1.2',
} as const;

/** Path of a program; it is built at the first time, which takes minutes. */
export async function peerTool(name: keyof typeof modules): Promise<string> {
  const folder = join(homedir(), '.cache', 'pullmend', 'peers');
  const path = join(folder, name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const nodeOptions = { env: { GOBIN: folder } };
    await x('go', ['install', modules[name]], { nodeOptions, throwOnError: true });
  }
  return path;
}

/** Packages of Debian; installed when they are missing, which needs root and a mirror. */
export async function debianTools(...names: readonly string[]): Promise<void> {
  const there = await x('sh', ['-c', names.map((name) => `command -v ${name}`).join(' && ')]);
  if (there.exitCode === 0) return;
  await x('apt-get', ['install', '-y', '--no-install-recommends', ...names], { throwOnError: true });
}

/** Runs a program; gives what it printed. Throws with what it complained of. */
export async function tool(path: string, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await x(path, [...args]);
  if (exitCode !== 0) throw new Error(`${path} ${args.join(' ')} → ${exitCode}: ${stderr}`);
  return stdout;
}
