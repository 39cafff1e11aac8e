import { describe, expect, test } from 'vitest';
import { failureClasses } from '../../model/index.ts';
import { classify, weigh } from './index.ts';

const image = 'docker.io/library/redis:7';
const say = (message: string) => classify({ message, image });

const mirror404 = say(
  'unexpected status from HEAD request to https://m.test/v2/library/redis/manifests/7?ns=docker.io: 404 Not Found',
);
const mirrorDown = say(
  'failed to do request: Head "https://m.test/v2/library/redis/manifests/7?ns=docker.io": dial tcp 10.0.0.9:443: connect: connection refused',
);
const upstreamTimeout = say(
  'failed to do request: Head "https://registry-1.docker.io/v2/library/redis/manifests/7": dial tcp 1.2.3.4:443: i/o timeout',
);
const upstream404 = say('docker.io/library/redis:7: not found');
const tokenBlocked = say(
  'failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token?scope=x&service=y": dial tcp 1.2.3.4:443: i/o timeout',
);
const blobReset = say(
  'httpReadSeeker: failed open: failed to do request: Get "https://production.cloudflare.docker.com/x": read tcp 1.1.1.1:1->2.2.2.2:443: read: connection reset by peer',
);
const backOff = say('Back-off pulling image "redis:7"');
const qps = say('pull QPS exceeded');

describe('weigh', () => {
  test.each([
    [
      'an upstream that times out beats a mirror without the image',
      [mirror404, upstreamTimeout],
      upstreamTimeout,
    ],
    ['the origin speaks louder than a broken mirror', [mirrorDown, upstream404], upstream404],
    ['a blocked token service beats the mirror that answers', [mirror404, tokenBlocked], tokenBlocked],
    ['a blocked blob store beats an absent tag', [upstream404, blobReset], blobReset],
    ['a back-off names no cause', [backOff, backOff, upstream404], upstream404],
    ["the kubelet's own limit says nothing about the registry", [qps, qps, upstream404], upstream404],
    ['a lone mirror failure stands', [backOff, mirrorDown], mirrorDown],
  ])('%s', (_, seen, decisive) => {
    expect(weigh(seen, image)?.decisive).toEqual(decisive);
    expect(weigh(seen.toReversed(), image)?.decisive).toEqual(decisive);
  });

  test('the others are told once each', () => {
    const weighed = weigh([upstream404, upstreamTimeout, upstream404, upstreamTimeout, backOff], image);
    expect(weighed?.others.map((other) => other.class)).toEqual(['not-found', 'unknown']);
  });

  test('nothing seen, nothing weighed', () => {
    expect(weigh([])).toBeUndefined();
  });

  test('every class has a rank of its own', () => {
    const seen = failureClasses.map(
      (name) => ({ class: name, confidence: 'certain', mirrorHelps: 'maybe', evidence: '' }) as const,
    );
    const weighed = weigh(seen);
    expect([weighed?.decisive, ...(weighed?.others ?? [])].length).toBe(failureClasses.length);
    expect(weighed?.others.at(-1)?.class).toBe('unknown');
  });
});
