import type { NodeShell, Runtime } from '../../src/adapters/node/index.ts';

/** Images of a node by name, and their labels as `ctr` prints them. */
export type NodeImages = Record<string, { digest: string; labels?: string }>;

export const containerd: Runtime = { name: 'containerd', pid: '7', args: [], env: {}, hasCurl: true };

/**
 * A node with these images; what is asked of its `ctr` is carried out on the list, in the name of run `r-1`.
 *
 * @param options.pulls the digest that any pull leads to; without it none works.
 */
export function ctrNode(images: NodeImages, options: { readonly pulls?: string } = {}) {
  const scripts: string[] = [];
  const said = (stdout: string, exit = 0, stderr = '') => ({ stdout, stderr, exit });
  const shell: NodeShell = {
    access: 'local',
    close: async () => {},
    run: async (script) => {
      const own = script.slice(script.indexOf('ctr() {'));
      scripts.push(own);
      if (own.includes('ctr images list')) {
        const rows = Object.entries(images)
          .filter(([one]) => own.includes(`name==${one}'`))
          .map(
            ([one, at]) =>
              `${one} application/x ${at.digest} 1.0 MiB linux/amd64,linux/arm64 ${at.labels ?? '-'} `,
          );
        return await Promise.resolve(said(['REF TYPE DIGEST SIZE PLATFORMS LABELS', ...rows].join('\n')));
      }
      const [, pulled] = /ctr images pull \$hosts '(\S+)'/.exec(own) ?? [];
      if (pulled !== undefined) {
        if (options.pulls === undefined) return said('', 43, 'ctr: no such host');
        images[pulled] = { digest: options.pulls, labels: 'pullmend.dev/run=r-1' };
      }
      for (const [, from = '', to = ''] of own.matchAll(/images tag '(\S+)' '(\S+)'/g)) {
        images[to] = { digest: images[from]?.digest ?? '', labels: 'a=b,pullmend.dev/run=r-1' };
      }
      const [, removed = ''] = /ctr images remove (.*) >/.exec(own) ?? [];
      for (const [, one = ''] of removed.matchAll(/'(\S+)'/g)) delete images[one];
      return said('');
    },
  };
  return { shell, scripts };
}
