import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pullProblem, type PullProblem } from '../../../../core/model/index.ts';
import * as shop from '../../testing/shop.ts';
import { runIn } from '../../testing/world.ts';
import { makePage } from '../page.ts';
import { reportText } from './index.ts';
import { layOut } from './layout.ts';
import { loadMessages } from '../../words/index.ts';

await loadMessages('zh');

const page = makePage({ lang: 'en', width: 80, colours: false, program: 'pullmend', now: shop.now });
const input = { cluster: shop.cluster, nodes: shop.nodes, problems: shop.problems, version: '1.2.3' };

function problem(index: number, owners: number): PullProblem {
  const image = `registry.test/team/app-${index}:v1`;
  const names = Array.from({ length: owners }, (_, n) =>
    shop.object('Deployment', `web-${index}-${n}`, `ns-${n % 90}`),
  );
  const diagnosis = { class: 'not-found', confidence: 'certain', mirrorHelps: 'no', evidence: 'x' } as const;
  const status = { diagnosis, others: [], failures: [], pods: owners, owners: names, nodes: [] };
  return pullProblem(`p-${index}`, { image, usages: [] }, status);
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

test.each(['html', 'markdown'] as const)('%s: what is wrong with the cluster itself', (format) => {
  const objects = ['fast', 'slow'].map((name) => shop.object('StorageClass', name));
  const findings = [{ kind: 'several-default-storage-classes', objects }] as const;
  const text = reportText({ ...input, findings }, format, page);
  expect(text).toContain('several StorageClasses are the default: fast, slow');
  expect(text).toContain('kubectl annotate --overwrite storageclass slow ');
});

test.each(['html', 'markdown'] as const)('%s: what the log of an installer says', (format) => {
  const finding = {
    kind: 'installer-log',
    objects: [shop.object('Pod', 'ks-installer-1', 'kubesphere-system')],
    image: 'docker.io/library/alpine:3.14',
    class: 'dns',
    message: 'x',
  } as const;
  const text = reportText({ ...input, findings: [finding] }, format, page);
  expect(text).toContain('log of kubesphere-system/ks-installer-1 says that docker.io/library/alpine:3.14');
  expect(text).toContain('pullmend find docker.io/library/alpine:3.14');
});

/** The report without the script whose digest stands in its policy. */
function withoutOwnScript(html: string): string {
  const script = /<script>([^<]*)<\/script>\n<\/body>/.exec(html)?.[1] ?? '';
  const digest = createHash('sha256').update(script).digest('base64');
  expect(html).toContain(`script-src 'sha256-${digest}'`);
  return html.replace(`<script>${script}</script>`, '');
}

describe('html', () => {
  const html = reportText(input, 'html', page);

  test('the numbers, the picture, the evidence', () => {
    const parts = ['3 images keep 8 pods from starting', '<svg', 'dial tcp 1.2.3.4:443: i/o timeout'];
    const places = parts.map((part) => html.lastIndexOf(part));
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(count(html, 'class="image"')).toBe(3);
    expect(count(html, 'class="owner"')).toBe(4);
    expect(count(html, 'class="link"')).toBe(7);
  });

  test('loads nothing, and runs nothing but the script that its policy names', () => {
    expect(withoutOwnScript(html)).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=|src=/i);
    expect(html).toContain(`default-src 'none'`);
    expect(html.match(/href="[^"]*"/g)?.every((href) => href.startsWith('href="#'))).toBe(true);
  });

  test('hostile names and messages stay text', () => {
    const hostile = `"><script>alert('1')</script>\u202e<img src=x onerror=alert(1)>`;
    const evil = pullProblem(
      hostile,
      { image: hostile, usages: [] },
      {
        ...shop.busybox.status,
        diagnosis: { ...shop.busybox.status.diagnosis, endpoint: hostile, evidence: hostile },
        owners: [shop.object('Deployment', hostile)],
      },
    );
    const text = reportText({ ...input, problems: [evil] }, 'html', page);
    expect(withoutOwnScript(text)).not.toMatch(/<script|<img|\u202e/);
    expect(text).toContain('&lt;script&gt;');
  });

  test('many images and workloads make a picture of bounded size', () => {
    const problems = Array.from({ length: 200 }, (_, index) => problem(index, 90));
    const text = reportText({ ...input, problems }, 'html', page);
    expect(count(text, 'class="image"')).toBe(60);
    expect(text).toContain('… and 141 more images');
    expect(count(text, 'class="owner"')).toBeLessThanOrEqual(60);
    expect(text).toContain('more workloads');
  });

  test('nothing fails', () => {
    const text = reportText({ ...input, problems: [] }, 'html', page);
    expect(text).toContain('every image arrives');
    expect(text).not.toContain('<svg');
  });

  test('in Chinese', () => {
    const text = reportText(input, 'html', makePage({ ...page, lang: 'zh', colours: false }));
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).toContain('3 个镜像拉取失败，8 个 Pod 无法启动');
  });
});

describe('what waits, and files', () => {
  const pod = shop.object('Pod', 'db-0', 'shop');
  const claim = shop.object('PersistentVolumeClaim', 'data-db-0', 'shop');
  const links = [
    { object: pod, symptom: '' },
    { object: claim, symptom: '' },
  ] as const;
  const chain = { class: 'dependent-storage', links } as const;
  const way = 'Pod shop/db-0 → PersistentVolumeClaim shop/data-db-0';

  test.each(['html', 'markdown'] as const)('%s names the way from what waits', (format) => {
    const waited = { ...shop.busybox, status: { ...shop.busybox.status, chains: [chain] } };
    expect(reportText({ ...input, problems: [waited] }, format, page)).toContain(`Keeps waiting`);
    const stalled = reportText({ ...input, problems: [], chains: [chain] }, format, page);
    expect(stalled).toContain('no failing image was found');
    expect(stalled).toContain(way);
  });

  test('images of files are counted by file and place', () => {
    const [usage] = shop.busybox.spec.usages;
    if (usage === undefined) throw new Error('no usage');
    const at = { file: 'a.yaml', line: 3, column: 1, offset: 0, length: 1 };
    const named = {
      ...shop.busybox,
      spec: {
        ...shop.busybox.spec,
        usages: [
          { ...usage, position: at },
          { ...usage, position: { ...at, line: 9 } },
        ],
      },
      status: { ...shop.busybox.status, pods: 0, owners: [], failures: [] },
    };
    const text = reportText({ ...input, problems: [named] }, 'markdown', page);
    expect(text).toContain('| Image | Cause | Files | Places |');
    expect(text).toContain('| `connect-timeout` | 1 | 2 |');
  });
});

describe('markdown', () => {
  const markdown = reportText(input, 'markdown', page);

  test('a table, then what is known of each image', () => {
    expect(markdown).toContain('**3 images keep 8 pods from starting**');
    expect(markdown).toContain(
      '| 1 | `docker.io/library/busybox:latest` | `connect-timeout` | 5 | 2 | the network |',
    );
    expect(markdown).toContain('### 2. `registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.99.0`');
    expect(markdown).toContain('```text\ndial tcp 1.2.3.4:443: i/o timeout\n```');
  });

  test('hostile texts break no table, no fence, and call nobody', () => {
    const image = 'a|b`c``d';
    const evidence = '```\n</details> @octocat <b>';
    const evil = pullProblem(
      'p',
      { image, usages: [] },
      {
        ...shop.busybox.status,
        diagnosis: { ...shop.busybox.status.diagnosis, evidence },
        nodes: ['<img> @octocat |'],
        failures: [],
      },
    );
    const text = reportText({ ...input, problems: [evil] }, 'markdown', page);
    expect(text).toContain(String.raw`| 1 | ${'```'}a\|b${'`'}c${'``'}d${'```'} | `);
    expect(text).toContain('````text\n``` </details> @octocat <b>\n````');
    expect(text).toContain(String.raw`\<img\> @` + '\u200B' + String.raw`octocat \|`);
  });
});

describe('layout', () => {
  test('boxes of a column do not touch; a box stands near what leads to it', () => {
    const keys = (letter: string, n: number): readonly string[] =>
      Array.from({ length: n }, (_, i) => `${letter}${i}`);
    const columns = [
      { x: 0, width: 10, keys: keys('a', 5) },
      { x: 20, width: 10, keys: ['b0', 'b1'] },
    ];
    const { boxes, height } = layOut(
      columns,
      [
        { from: 'a0', to: 'b1', pods: 1 },
        { from: 'a4', to: 'b0', pods: 1 },
      ],
      30,
    );
    const ys = (letter: string): readonly number[] =>
      [...boxes.values()]
        .filter(({ key }) => key.startsWith(letter))
        .map(({ y }) => y)
        .toSorted((a, b) => a - b);
    for (const letter of ['a', 'b']) {
      const list = ys(letter);
      for (const [index, y] of list.entries())
        if (index > 0) expect(y - (list[index - 1] ?? 0)).toBeGreaterThan(26);
    }
    expect(boxes.get('b1')?.y).toBeLessThan(boxes.get('b0')?.y ?? 0);
    expect(Math.max(...ys('a')) + 26).toBeLessThanOrEqual(height);
  });
});

describe('diagnose', () => {
  test('-o html and -o markdown write the report and nothing else', async () => {
    const html = await runIn({}, 'diagnose', '-A', '-o', 'html');
    expect([html.code, html.out.startsWith('<!doctype html>'), html.out.endsWith('</html>\n')]).toEqual([
      3,
      true,
      true,
    ]);
    const markdown = await runIn({}, 'diagnose', '-A', '-o', 'markdown');
    expect(markdown.out.startsWith('# Images that do not arrive\n')).toBe(true);
  });

  test('--out: the ending tells the format, the screen stays', async () => {
    const { files, out } = await runIn({}, 'diagnose', '-A', '--out', 'r.html');
    expect(files['r.html']).toContain('<svg');
    expect(out).toContain('1  docker.io/library/busybox:latest');
    expect(out).toContain('\nreport written to r.html\n');
    const written = await runIn({}, 'diagnose', '-A', '-o', 'json', '--out', 'r');
    expect(written.out).toBe('');
    expect(JSON.parse(written.files['r'] ?? '')).toMatchObject({ kind: 'DiagnosisReport' });
  });

  test('--out without a known ending says so before anything is read', async () => {
    const { code, err, calls } = await runIn({}, 'diagnose', '-A', '--out', 'report.doc');
    expect([code, calls]).toEqual([2, []]);
    expect(err).toContain('.html');
  });
});
