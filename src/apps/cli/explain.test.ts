import { describe, expect, test } from 'vitest';
import { lineBatches } from './lines.ts';
import { runIn } from './testing/world.ts';

const message =
  'Failed to pull image "redis:7": Head "https://registry-1.docker.io/v2/library/redis/manifests/7": dial tcp 1.2.3.4:443: i/o timeout';
const row = { id: 'a', message, reason: 'Failed', runtime: 'containerd://1.7.0', image: 'redis:7' };

describe('explain for people', () => {
  test('a message: what it means, whose move, what works, what is useless, does a mirror help', async () => {
    const { code, out, err } = await runIn({}, 'explain', message);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`connect-timeout
   image    redis:7
   means    the registry gives no answer: blocked, filtered or down ·
            registry-1.docker.io
   move     the network
   works    a mirror
            an egress rule
            proxy settings of the runtime (not of the shell)
            MTU, IPv6
   useless  a pull secret; deleting the pod
   mirror   helps here
            in general: yes
   says     Failed to pull image "redis:7": Head
            "https://registry-1.docker.io/v2/library/redis/manifests/7": dial
            tcp 1.2.3.4:443: i/o timeout
   do       curl -sv -m 10 -o /dev/null https://registry-1.docker.io/v2/
`);
  });

  test('Events from standard input, with the pod in the command', async () => {
    const stdin = `LAST SEEN   TYPE      REASON   OBJECT   MESSAGE
1s   Warning   Failed   pod/web   Failed to pull image "quay.io/a/b:1": unauthorized: access denied`;
    const { out } = await runIn({ stdin }, 'explain');
    expect(out).toContain('   at       Pod web\n');
    expect(out).toContain('create secret docker-registry SECRET --docker-server=quay.io');
  });

  test('several causes are numbered; --quiet names them only', async () => {
    const stdin = `${message}\nFailed to pull image "b:1": b:1: not found`;
    const { out } = await runIn({ stdin, columns: 60 }, 'explain', '-q');
    expect(out).toBe('1  connect-timeout\n2  not-found\n');
  });

  test('in Chinese', async () => {
    const { out } = await runIn({}, 'explain', '--lang', 'zh', message);
    expect(out).toContain('   由谁处理  网络\n');
  });

  test('nothing about images, and nothing understood, end with 1', async () => {
    expect(await runIn({ stdin: 'GET / 200\n'.repeat(60) }, 'explain')).toMatchObject({
      code: 1,
      out: 'this text holds no message about an image that does not arrive\n',
    });
    expect(await runIn({}, 'explain', 'Back-off pulling image "x"')).toMatchObject({ code: 1 });
  });

  test('a class, what is told apart in it, and an error code by their names', async () => {
    const dns = await runIn({}, 'explain', 'dns');
    expect(dns.code).toBe(0);
    expect(dns.out).toMatch(/^dns\n/);
    expect(dns.out).toContain('getent hosts NAME');
    expect(dns.out).toContain('service-name');
    const variant = await runIn({}, 'explain', 'stale-credentials');
    expect(variant.out).toMatch(/^unauthorized · stale-credentials\n/);
    const error = await runIn({}, 'explain', 'PM_NEEDS_YES');
    expect(error.code).toBe(0);
    expect(error.out).toMatch(/^PM_NEEDS_YES {2}this would change something/);
    expect(error.out).toContain('whose move: you · exit code 2');
    expect(await runIn({}, 'explain', 'PM_NEEDS_YEZ')).toMatchObject({ code: 2 });
  });

  test('what the text names stands in the commands, a mirror that was passed over beside the cause', async () => {
    const stdin = `time="t" level=info msg="PullImage \\"acme/db:8\\""
time="t" level=info msg="trying next host" error="pull access denied" host=mirror.corp.example
time="t" level=error msg="PullImage \\"acme/db:8\\" failed" error="dial tcp 1.2.3.4:443: i/o timeout"`;
    const { out } = await runIn({ stdin }, 'explain');
    expect(out).toContain('also     unauthorized');
    expect(out).toContain('· mirror.corp.example');
    const log = `E0826 10:01:11.1 1 kubelet_pods.go:1] "Unable to retrieve pull secret" pod="ci/a" err="secret \\"reg\\" not found"`;
    const warned = await runIn({ stdin: log }, 'explain');
    expect(warned.out).toContain('kubectl -n ci create secret docker-registry reg ');
  });

  test('does not wait for a person to type', async () => {
    const { code, err } = await runIn({ answers: [] }, 'explain');
    expect(code).toBe(2);
    expect(err).toContain('there is no message');
  });

  test('a hostile text moves no cursor', async () => {
    const { out } = await runIn({}, 'explain', `Failed to pull image "a\u001b[2J:1": no such host`);
    expect(out).not.toContain('\u001b');
  });
});

describe('explain for programs', () => {
  test('a line for a line, in order, with exactly these fields', async () => {
    const rows = [row, { id: 2, message: 'pull QPS exceeded' }];
    const files = { 'in.jsonl': `${rows.map((one) => JSON.stringify(one)).join('\r\n')}\n\n` };
    const { code, out, err } = await runIn({ files }, 'explain', '--input', 'in.jsonl', '-o', 'jsonl');
    expect([code, err]).toEqual([0, '']);
    expect(out.trimEnd().split('\n')).toEqual([
      '{"id":"a","class":"connect-timeout","confidence":"certain","endpoint":"registry-1.docker.io","mirrorHelps":"yes","remedies":["use-mirror","open-egress","set-runtime-proxy","fix-mtu","avoid-ipv6"]}',
      '{"id":2,"class":"pull-qps","confidence":"certain","mirrorHelps":"no","remedies":["wait","raise-pull-limit","stagger-starts"]}',
    ]);
  });

  test('a sandbox: the cause inside, no remedy that needs a pod', async () => {
    const text =
      'Failed to create pod sandbox: failed to get sandbox image "registry.corp/pause:3.8": failed to pull image "registry.corp/pause:3.8": unauthorized: authentication required';
    const stdin = JSON.stringify({ id: 's', message: text });
    const { out } = await runIn({ stdin }, 'explain', '--input', '-', '-o', 'jsonl');
    expect(JSON.parse(out)).toMatchObject({ class: 'sandbox-image', inner: 'unauthorized' });
    expect(JSON.parse(out).remedies).toEqual([
      'set-pause-image',
      'load-image',
      'renew-credentials',
      'remove-credentials',
    ]);
  });

  test('a bad line is named, the others are answered', async () => {
    const stdin = `${JSON.stringify(row)}\n{"id":"b","mess\n[1]\n{"id":"c"}\n${JSON.stringify({ ...row, id: 'd' })}`;
    const { code, out, err } = await runIn({ stdin }, 'explain', '--input', '-', '-o', 'jsonl');
    expect(code).toBe(2);
    expect(out.match(/"id":"[ad]"/g)).toEqual(['"id":"a"', '"id":"d"']);
    expect(err.split('\n').map((line) => line.split(':')[1])).toEqual(['2', '3', '4', undefined]);
  });

  test('a file that is not there', async () => {
    const { code, err } = await runIn({}, 'explain', '--input', 'none.jsonl');
    expect(code).toBe(2);
    expect(err).toContain('PM_FILE_UNREADABLE');
  });

  test('-o json holds what the excerpt tells', async () => {
    const { out } = await runIn({}, 'explain', message, '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      kind: 'ExplanationList',
      items: [{ class: 'connect-timeout', image: 'redis:7', count: 1, objects: [], evidence: message }],
    });
    const lines = await runIn({}, 'explain', message, '-o', 'jsonl');
    expect(JSON.parse(lines.out)).toEqual(JSON.parse(out).items[0]);
  });

  test('a format that the command does not have', async () => {
    expect(await runIn({}, 'explain', message, '-o', 'html')).toMatchObject({ code: 2 });
    expect(await runIn({}, 'find', 'nginx', '-o', 'jsonl')).toMatchObject({ code: 2 });
  });
});

describe('lines', () => {
  async function split(...chunks: readonly string[]): Promise<readonly string[]> {
    const lines: string[] = [];
    for await (const batch of lineBatches(pieces(chunks))) lines.push(...batch);
    return lines;
  }

  async function* pieces(chunks: readonly string[]): AsyncGenerator<string> {
    yield* chunks;
  }

  test.each([
    [[], []],
    [['a\nb'], ['a', 'b']],
    [
      ['a', '', 'b\n', '\nc\r', '\n'],
      ['ab', '', 'c'],
    ],
    [['\n\n'], ['', '']],
  ])('%j', async (chunks, lines) => {
    expect(await split(...chunks)).toEqual(lines);
  });
});
