import type { NodeSettings } from '../model/index.ts';
import { configDraft } from './draft.ts';
import type { FileDraft, RuntimeKind, Untold } from './types.ts';

export type GenerateFormat = 'ansible' | 'cloud-init';

const mains: Readonly<Record<RuntimeKind, string>> = {
  containerd: '/etc/containerd/config.toml',
  crio: '/etc/containers/registries.conf',
  dockerd: '/etc/docker/daemon.json',
  k3s: '/etc/rancher/k3s/registries.yaml',
};

/** What has to read the files, when one of them changes. */
const handlers: Readonly<
  Record<RuntimeKind, { readonly service: string; readonly state: 'restarted' | 'reloaded' } | undefined>
> = {
  containerd: undefined,
  crio: { service: 'crio', state: 'reloaded' },
  dockerd: { service: 'docker', state: 'reloaded' },
  k3s: { service: 'k3s', state: 'restarted' },
};

/** The files of a node that has none of its own yet. containerd's main file is only told: it is no one's to make. */
export function generatedFiles(
  runtime: RuntimeKind,
  settings: NodeSettings,
): { readonly files: readonly FileDraft[]; readonly untold: readonly Untold[] } {
  const main = mains[runtime];
  // With the folder set, so that the draft is the folder's files alone.
  const text =
    'version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"\n';
  const files = runtime === 'containerd' ? [{ path: main, text }] : [];
  const draft = configDraft({ runtime, version: '', main, files, folders: [] }, settings);
  return {
    files: draft.files.filter(({ path }) => runtime !== 'containerd' || path !== main),
    untold: draft.untold,
  };
}

/** The files as tasks of Ansible or as user data of cloud-init. */
export function generated(format: GenerateFormat, runtime: RuntimeKind, files: readonly FileDraft[]): string {
  return format === 'ansible' ? ansible(runtime, files) : cloudInit(runtime, files);
}

/** https://docs.ansible.com/ansible/latest/collections/ansible/builtin/copy_module.html */
function ansible(runtime: RuntimeKind, files: readonly FileDraft[]): string {
  const handler = handlers[runtime];
  const folders = [...new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))];
  return [
    '- hosts: all',
    '  become: true',
    '  tasks:',
    ...folders.flatMap((folder) => [
      `    - name: Folder ${folder}`,
      `      ansible.builtin.file: { path: ${word(folder)}, state: directory, mode: "0755" }`,
    ]),
    ...files.flatMap(({ path, after }) => [
      `    - name: ${path}`,
      '      ansible.builtin.copy:',
      `        dest: ${word(path)}`,
      '        mode: "0644"',
      '        backup: true',
      '        content: |',
      ...indented(after, 10),
      ...(handler === undefined ? [] : [`      notify: ${handler.service}`]),
    ]),
    ...(runtime === 'containerd' ? containerdTask() : []),
    ...(handler === undefined
      ? []
      : [
          '  handlers:',
          `    - name: ${handler.service}`,
          `      ansible.builtin.service: { name: ${handler.service}, state: ${handler.state} }`,
        ]),
    '',
  ].join('\n');
}

/** `hosts.toml` is read only where the main file points to its folder. */
function containerdTask(): readonly string[] {
  return [
    '    - name: containerd reads /etc/containerd/certs.d',
    '      ansible.builtin.shell: >-',
    `        containerd config dump | grep -E "config_path = ['\\"]/etc/containerd/certs.d['\\"]"`,
    '      changed_when: false',
  ];
}

/** https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files */
function cloudInit(runtime: RuntimeKind, files: readonly FileDraft[]): string {
  const handler = handlers[runtime];
  return [
    '#cloud-config',
    'write_files:',
    ...files.flatMap(({ path, after }) => [
      `  - path: ${word(path)}`,
      '    permissions: "0644"',
      '    content: |',
      ...indented(after, 6),
    ]),
    ...(handler === undefined
      ? []
      : [
          'runcmd:',
          `  - [systemctl, try-${handler.state === 'reloaded' ? 'reload-or-restart' : 'restart'}, ${handler.service}]`,
        ]),
    '',
  ].join('\n');
}

function indented(text: string, spaces: number): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(spaces) + line));
}

function word(text: string): string {
  return JSON.stringify(text);
}
