import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureClasses, type MirrorHelps } from '../../model/index.ts';
import { blamedImage, classify, type Symptom } from './index.ts';

type Labelled = Symptom & { readonly id: string; readonly class: string; readonly inner?: string };

function read(file: string): readonly Labelled[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Labelled);
}

/** What the taxonomy says without conditions; the opposite would send a person the wrong way. */
const certainHelp: Readonly<Record<string, MirrorHelps>> = {
  'invalid-name': 'no',
  'short-name': 'no',
  'pull-secret-missing': 'no',
  'credential-helper': 'no',
  'rate-limited': 'yes',
  'pull-qps': 'no',
  'connect-timeout': 'yes',
  'connection-reset': 'yes',
  'tls-handshake': 'yes',
  'http-on-https': 'no',
  'disk-full': 'no',
  'node-runtime': 'no',
  'never-pull-absent': 'no',
  'no-storage-class': 'no',
};

function expectRight(row: Labelled): void {
  const found = classify(row);
  const inner = row.inner === undefined ? {} : { inner: row.inner };
  expect({ class: found.class, ...(row.inner !== undefined && { inner: found.inner }) }, row.message).toEqual(
    {
      class: row.class,
      ...inner,
    },
  );
  const help = certainHelp[row.class];
  if (help !== undefined) expect(found.mirrorHelps).toBe(help);
}

describe('messages written after the formats of kubelet, containerd, CRI-O, docker and Go', () => {
  const rows = read(join(import.meta.dirname, 'testdata/messages.jsonl'));

  test('cover every class', () => {
    expect(new Set(rows.map((row) => row.class))).toEqual(new Set(failureClasses));
  });

  test.each(rows.map((row) => [row.id, row] as const))('%s', (_, row) => expectRight(row));
});

describe('real messages of the corpus', () => {
  const folder = process.env.PULLMEND_CORPUS ?? join(import.meta.dirname, '../../../../../shared/corpus');
  const file = join(folder, 'messages.jsonl');

  test.skipIf(!existsSync(file))('at least 97 % exact, the use of a mirror never the opposite', () => {
    const rows = read(file);
    const wrong = rows.filter((row) => {
      const found = classify(row);
      return found.class !== row.class || (row.inner !== undefined && found.inner !== row.inner);
    });
    const opposite = rows.filter(({ class: label, ...symptom }) => {
      const help = certainHelp[label];
      const found = classify(symptom).mirrorHelps;
      return help !== undefined && found !== 'maybe' && found !== help;
    });
    expect(wrong.map(({ id }) => id).length / rows.length).toBeLessThanOrEqual(0.03);
    expect(opposite.map(({ id }) => id)).toEqual([]);
  });
});

describe('classify', () => {
  const hub = 'https://registry-1.docker.io/v2/library/redis/manifests/7';

  test('the decisive one of several credentials', () => {
    const told = (cause: string) =>
      `rpc error: code = Unknown desc = failed to pull and unpack image "x.test/a:1": ${cause}`;
    const message = `[${told('failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized')}, ${told('x.test/a:1: not found')}]`;
    expect(classify({ message, image: 'x.test/a:1' }).class).toBe('not-found');
  });

  test('the primary of CRI-O, not its mirrors; a mirror where the primary says nothing', () => {
    const mirrors =
      '(Mirrors also failed: [m.test/redis:7: reading manifest 7 in m.test/redis: manifest unknown]): ';
    const primary =
      'docker.io/library/redis:7: pinging container registry docker.io: Get "https://registry-1.docker.io/v2/": dial tcp 1.2.3.4:443: i/o timeout';
    expect(classify({ message: `${mirrors}${primary}` }).class).toBe('connect-timeout');
    expect(classify({ message: `${mirrors}docker.io/library/redis:7: what?` }).class).toBe('not-found');
  });

  test('the image, not the artifact', () => {
    const message =
      'unable to pull image or OCI artifact: pull image err: initializing source docker://x.test/a:1: reading manifest 1 in x.test/a: unauthorized: login; artifact err: get manifest: manifest unknown';
    expect(classify({ message }).class).toBe('unauthorized');
  });

  test.each([
    ['ghcr.io/o/i:1', 'https://ghcr.io/v2/o/i/manifests/1', 'unauthorized'],
    ['reg.shop.test/i:1', 'https://reg.shop.test/v2/i/manifests/1', 'unauthorized'],
    [
      'redis:7',
      'https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/hub/redis/manifests/7?ns=docker.io',
      'unauthorized',
    ],
    ['redis:7', 'https://cache.shop.test/v2/library/redis/manifests/7?ns=docker.io', 'forbidden'],
    ['docker.m.daocloud.io/x/y:1', 'https://docker.m.daocloud.io/v2/x/y/manifests/1', 'forbidden'],
    [
      'registry.k8s.io/pause:3.9',
      'https://europe-west3-docker.pkg.dev/v2/k8s-artifacts-prod/images/pause/blobs/x',
      'forbidden',
    ],
    ['redis:7', 'https://x.r2.cloudflarestorage.com/y', 'forbidden'],
  ])('a bare 403 for %s of %s is %s', (image, url, expected) => {
    const message = `failed to copy: unexpected status from GET request to ${url}: 403 Forbidden`;
    expect(classify({ message, image }).class).toBe(expected);
  });

  test('names what failed', () => {
    const at = (message: string, image?: string) =>
      classify({ message, ...(image !== undefined && { image }) }).endpoint;
    expect(at(`failed to do request: Head "${hub}": EOF`)).toBe('registry-1.docker.io');
    expect(at('dial tcp: lookup quay.io on 10.0.0.2:53: no such host')).toBe('quay.io');
    expect(at('proxyconnect tcp: dial tcp 10.9.9.9:3128: i/o timeout')).toBe('10.9.9.9:3128');
    expect(at('Get "https://reg.test:5000/v2/": EOF')).toBe('reg.test:5000');
    expect(at('dial tcp [2600:1f18::1]:443: i/o timeout')).toBe('[2600:1f18::1]:443');
    expect(at('redis:7: not found', 'docker.io/library/redis:7')).toBe('registry-1.docker.io');
    expect(at('no space left on device', 'redis:7')).toBeUndefined();
  });

  test('words in names and URLs are no cause', () => {
    const image = 'reg.test/no-space-left-on-device/unauthorized-forbidden:eof';
    const message = `failed to pull and unpack image "${image}": failed to do request: Head "https://reg.test/v2/denied/manifest-unknown/429?toomanyrequests": dial tcp 1.2.3.4:443: i/o timeout`;
    expect(classify({ message, image }).class).toBe('connect-timeout');
  });

  test('a missing secret is the cause only where the registry asked for credentials', () => {
    const secretWarning =
      'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.';
    expect(classify({ message: 'unauthorized: authentication required', secretWarning })).toMatchObject({
      class: 'pull-secret-missing',
      confidence: 'likely',
    });
    expect(classify({ message: `Get "${hub}": EOF`, secretWarning }).class).toBe('connection-reset');
  });

  test('use of a mirror follows who failed', () => {
    const help = (message: string, image: string) => classify({ message, image }).mirrorHelps;
    const x509 = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
    expect(help(`Head "${hub}": ${x509}`, 'redis:7')).toBe('yes');
    expect(help(`Head "https://harbor.shop.test/v2/a": ${x509}`, 'harbor.shop.test/a:1')).toBe('no');
    expect(help('dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host', 'redis:7')).toBe('yes');
    expect(
      help(
        'dial tcp: lookup quay.io on 10.0.0.2:53: read udp 1.1.1.1:1->10.0.0.2:53: i/o timeout',
        'quay.io/a/b',
      ),
    ).toBe('maybe');
  });

  test('a sandbox that failed for something else than an image is no pull failure', () => {
    const message =
      'Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded';
    expect(classify({ message, reason: 'FailedCreatePodSandBox' }).class).toBe('unknown');
  });

  test('the image to blame', () => {
    expect(blamedImage('failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image')).toBe(
      'registry.k8s.io/pause:3.8',
    );
    expect(blamedImage('Failed to pull image "a:1": EOF')).toBe('a:1');
    expect(blamedImage('EOF')).toBeUndefined();
  });

  test('evidence is the raw text without secrets', () => {
    const message =
      'Failed to pull image "a:1": Get "https://bob:pw1234@x.r2.cloudflarestorage.com/b?X-Amz-Signature=deadbeef": EOF';
    const { evidence } = classify({ message });
    expect(evidence).toContain('Failed to pull image "a:1"');
    expect(evidence).not.toMatch(/pw1234|deadbeef/);
  });

  test('any text gives a diagnosis', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string(), (message, reason) => {
        expect(failureClasses).toContain(classify({ message, reason, image: message }).class);
      }),
    );
    expect(classify({ message: '' })).toEqual({
      class: 'unknown',
      confidence: 'unknown',
      mirrorHelps: 'maybe',
      evidence: '',
    });
  });

  test('long hostile texts end, and their evidence is short', () => {
    const pieces = [
      'webhook ',
      'hook ',
      'lookup a ',
      'image "',
      'https://',
      '[',
      '\\',
      '(Mirrors also failed: [',
      '* ',
      'status [',
      '://',
      '<html',
      '\u001B[',
      'dial tcp 1',
    ];
    for (const piece of pieces) {
      const message = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(classify({ message }).evidence.length).toBeLessThan(20_000);
    }
  });
});
