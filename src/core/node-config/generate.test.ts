import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { changedLines, generated, generatedFiles } from './index.ts';

const settings = {
  registries: [
    { registry: 'docker.io', mirrors: [{ name: 'proxy', server: 'https://harbor.corp', path: 'proxy' }] },
  ],
};

test.each(['containerd', 'crio', 'k3s'] as const)(
  '%s: the same bytes for Ansible and cloud-init',
  (runtime) => {
    const { files } = generatedFiles(runtime, settings);
    expect(files).toHaveLength(1);
    const [play] = parse(generated('ansible', runtime, files)) as [
      { tasks: Record<string, { content?: string }>[] },
    ];
    const copies = play.tasks.flatMap((task) => task['ansible.builtin.copy']?.content ?? []);
    const { write_files: written } = parse(generated('cloud-init', runtime, files)) as {
      write_files: { content: string }[];
    };
    expect(copies).toEqual([files[0]?.after]);
    expect(written.map(({ content }) => content)).toEqual(copies);
  },
);

test('docker has no path: nothing to write, and it is told', () => {
  expect(generatedFiles('dockerd', settings)).toEqual({
    files: [],
    untold: [{ mirror: 'proxy', registry: 'docker.io', reason: 'path' }],
  });
});

test('changed lines hide what opens something', () => {
  expect(changedLines('a\npassword = "x"\n', 'a\npassword = "y"\nb\n')).toEqual([
    '-password = ***',
    '+password = ***',
    '+b',
  ]);
});
