import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Explainer, ExcerptReader, type Explanation, type Found } from '../index.ts';

function read(text: string): readonly Found[] {
  const messages: Found[] = [];
  const reader = new ExcerptReader((message) => messages.push(message));
  for (const line of text.split('\n')) reader.add(line);
  reader.end();
  return messages;
}

function explain(text: string): readonly Explanation[] {
  const explainer = new Explainer();
  for (const message of read(text)) explainer.add(message);
  return explainer.explanations();
}

function causes(text: string): unknown {
  return explain(text).map(({ diagnosis, image, count, objects }) => [
    diagnosis.inner === undefined ? diagnosis.class : `${diagnosis.class}/${diagnosis.inner}`,
    image,
    count,
    objects,
  ]);
}

const redis = 'docker.io/library/redis:7';
const refused = `failed to pull and unpack image "${redis}": failed to resolve reference "${redis}": failed to do request: Head "https://registry-1.docker.io/v2/library/redis/manifests/7": dial tcp 1.2.3.4:443: connect: connection refused`;

describe('kubectl describe pod', () => {
  const described = `Name:             web-6b7f
Namespace:        shop
Priority:         0
Service Account:  default
Node:             node-1/10.0.0.11
Containers:
  web:
    Container ID:
    Image:          redis:7
    State:          Waiting
      Reason:       ImagePullBackOff
    Ready:          False
Conditions:
  Type              Status
  PodScheduled      True
Events:
  Type     Reason     Age                From               Message
  ----     ------     ----               ----               -------
  Normal   Scheduled  2m                 default-scheduler  Successfully assigned shop/web-6b7f to node-1
  Normal   Pulling    60s (x3 over 2m)   kubelet            Pulling image "redis:7"
  Warning  Failed     59s (x3 over 2m)   kubelet            Failed to pull image "redis:7": ${refused}
  Warning  Failed     59s (x3 over 2m)   kubelet            Error: ErrImagePull
  Normal   BackOff    32s (x4 over 2m)   kubelet            Back-off pulling image "redis:7"
  Warning  Failed     32s (x4 over 2m)   kubelet            Error: ImagePullBackOff
`;

  test('one cause, counted, at its pod', () => {
    expect(causes(described)).toEqual([['connection-refused', 'redis:7', 3, ['Pod shop/web-6b7f']]]);
  });

  test('columns squeezed by a chat window', () => {
    expect(causes(described.replaceAll(/ {2,}/g, ' '))).toEqual([
      ['connection-refused', 'redis:7', 3, ['Pod shop/web-6b7f']],
    ]);
  });

  test('Events gone: unknown, at the image', () => {
    expect(causes(described.replace(/Events:[^]*/, 'Events:  <none>\n'))).toEqual([
      ['unknown', 'redis:7', 1, ['Pod shop/web-6b7f']],
    ]);
  });

  test('an answer over several lines stays with its row', () => {
    const text = `Events:
  Type     Reason  Age   From     Message
  Warning  Failed  10s   kubelet  Failed to pull image "quay.io/a/b:1": unexpected status from HEAD request to https://quay.io/v2/a/b/manifests/1: 403 Forbidden
<html>
<body>Since Docker is a US company</body>
</html>
`;
    expect(explain(text)).toHaveLength(1);
    expect(explain(text)[0]?.diagnosis.evidence).toContain('US company');
  });

  test('older than 1.10: type and reason in the middle', () => {
    const text = `Events:
  FirstSeen LastSeen Count From SubObjectPath Type Reason Message
  --------- -------- ----- ---- ------------- ---- ------ -------
  1m        5s       4     kubelet, node-1 spec.containers{web} Warning Failed Failed to pull image "redis:7": rpc error: code = Unknown desc = Error response from daemon: pull access denied for redis, repository does not exist or may require 'docker login'`;
    expect(causes(text)).toEqual([['unauthorized', 'redis:7', 4, []]]);
  });

  test('crashes and scheduling are not about images', () => {
    const text = `Events:
  Type     Reason            Age   From               Message
  Warning  FailedScheduling  10s   default-scheduler  0/3 nodes are available: 3 Insufficient cpu.
  Warning  BackOff           10s   kubelet            Back-off restarting failed container web in pod web
  Warning  Failed            10s   kubelet            Error: failed to create containerd task: exec: "x": not found
`;
    expect(explain(text)).toEqual([]);
  });
});

describe('kubectl get events', () => {
  const rows = [
    `LAST SEEN   TYPE      REASON    OBJECT      MESSAGE`,
    `2m5s        Normal    Pulling   pod/web-1   Pulling image "redis:7"`,
    `2m5s        Warning   Failed    pod/web-1   Failed to pull image "redis:7": ${refused}`,
    `2m1s        Warning   Failed    pod/web-2   Failed to pull image "redis:7": ${refused}`,
    `9s          Warning   Failed    pod/web-2   Error: ImagePullBackOff`,
  ];

  test('as a table', () => {
    expect(causes(rows.join('\n'))).toEqual([
      ['connection-refused', 'redis:7', 2, ['Pod web-1', 'Pod web-2']],
    ]);
  });

  test('of all namespaces, without headers', () => {
    expect(
      causes(
        rows
          .slice(2, 3)
          .map((row) => `shop   ${row}`)
          .join('\n'),
      ),
    ).toEqual([['connection-refused', 'redis:7', 1, ['Pod shop/web-1']]]);
  });

  test('-o wide', () => {
    const text = `LAST SEEN   TYPE      REASON   OBJECT      SUBOBJECT              SOURCE            MESSAGE            FIRST SEEN   COUNT   NAME
3m          Warning   Failed   pod/web-1   spec.containers{web}   kubelet, node-1   Failed to pull image "redis:7": ${refused}   12m   17   web-1.17abcdef01234567
`;
    expect(read(text)).toEqual([
      {
        message: `Failed to pull image "redis:7": ${refused}`,
        reason: 'Failed',
        object: 'Pod web-1',
        container: 'web',
        node: 'node-1',
        ago: 180,
        count: 17,
      },
    ]);
  });

  const event = {
    kind: 'Event',
    reason: 'Failed',
    message: `Failed to pull image "redis:7": ${refused}`,
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web-1' },
    count: 5,
  };

  test('-o json, and one event a line', () => {
    const expected = [['connection-refused', 'redis:7', 5, ['Pod shop/web-1']]];
    expect(causes(JSON.stringify({ kind: 'List', items: [event] }, undefined, 4))).toEqual(expected);
    expect(causes(`${JSON.stringify(event)}\n${JSON.stringify({ ...event, reason: 'Pulled' })}`)).toEqual(
      expected,
    );
  });

  test('-o yaml', () => {
    const text = `apiVersion: v1
items:
- apiVersion: v1
  count: 3
  involvedObject:
    kind: Pod
    name: web-1
    namespace: shop
  kind: Event
  message: 'Failed to pull image "redis:7": dial tcp 1.2.3.4:443: connect: connection
    refused'
  reason: Failed
kind: List
`;
    expect(causes(text)).toEqual([['connection-refused', 'redis:7', 3, ['Pod shop/web-1']]]);
  });

  test('a JSON document that was cut: what is there is read', () => {
    const whole = JSON.stringify({ kind: 'List', items: [event, event] }, undefined, 4);
    expect(causes(whole.slice(0, -20))).toEqual([['connection-refused', 'redis:7', 2, []]]);
  });

  test('a missing secret explains the refusal of its pod', () => {
    const text = `10s   Warning   FailedToRetrieveImagePullSecret   pod/a   Unable to retrieve some image pull secrets (reg); attempting to pull the image may not succeed.
9s   Warning   Failed   pod/a   Failed to pull image "quay.io/a/b:1": reading manifest 1 in quay.io/a/b: unauthorized: access to the requested resource is not authorized`;
    expect(causes(text)).toEqual([['pull-secret-missing', 'quay.io/a/b:1', 1, ['Pod a']]]);
  });
});

describe('kubectl get pod', () => {
  const pod = {
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web' },
    spec: { containers: [{ name: 'web', image: 'redis:7' }] },
    status: {
      containerStatuses: [
        {
          name: 'web',
          image: 'redis:7',
          state: { waiting: { reason: 'ErrImagePull', message: refused } },
        },
      ],
    },
  };

  test('-o json, with and without its spec', () => {
    const expected = [['connection-refused', 'redis:7', 1, ['Pod shop/web']]];
    expect(causes(JSON.stringify(pod))).toEqual(expected);
    expect(causes(JSON.stringify({ ...pod, spec: undefined }, undefined, 2))).toEqual(expected);
  });

  test('as a table: only that it fails', () => {
    expect(causes('web-1   0/1   ImagePullBackOff   0   5m\nweb-2   1/1   Running   0   5m')).toEqual([
      ['unknown', undefined, 1, ['Pod web-1']],
    ]);
  });
});

describe('logs', () => {
  test('kubelet: structured klog behind a journald prefix, with escaped quotes', () => {
    const inner = JSON.stringify(refused).slice(1, -1);
    const err = JSON.stringify(`failed to "StartContainer" for "web" with ErrImagePull: "${inner}"`);
    const text = `Nov 23 10:00:00 node-1 kubelet[1234]: E1123 10:00:00.123456    1234 pod_workers.go:1301] "Error syncing pod, skipping" err=${err} pod="shop/web-1" podUID="1-2-3"`;
    expect(read(text)).toEqual([
      {
        message: refused,
        reason: 'ErrImagePull',
        object: 'Pod shop/web-1',
        container: 'web',
        node: 'node-1',
        count: 1,
      },
    ]);
  });

  test('kubelet: two containers of one pod, the PullImage line, lines about other things', () => {
    const err = JSON.stringify(
      String.raw`[failed to "StartContainer" for "a" with ImagePullBackOff: "Back-off pulling image \"redis:7\"", failed to "StartContainer" for "b" with ErrImagePull: "quay.io/a/b:1: not found"]`,
    );
    const text = `I1123 10:00:00.000001    1 kubelet.go:1] "SyncLoop (PLEG): event for pod" pod="shop/web"
E1123 10:00:00.000001    1 pod_workers.go:1] "Error syncing pod, skipping" err=${err} pod="shop/web"
E1123 10:00:00.000001    1 log.go:32] "PullImage from image service failed" err="rpc error: code = NotFound desc = quay.io/a/b:1: not found" image="quay.io/a/b:1"`;
    expect(read(text).map(({ message, image }) => [message, image])).toEqual([
      ['Back-off pulling image "redis:7"', undefined],
      ['quay.io/a/b:1: not found', undefined],
      ['rpc error: code = NotFound desc = quay.io/a/b:1: not found', 'quay.io/a/b:1'],
    ]);
  });

  test('containerd: the image of msg, the cause of error, the pod of a sandbox', () => {
    const text = `time="2026-11-23T10:00:00.1Z" level=info msg="PullImage \\"${redis}\\""
time="2026-11-23T10:00:01.1Z" level=error msg="PullImage \\"${redis}\\" failed" error=${JSON.stringify(refused)}
time="2026-11-23T10:00:02.1Z" level=error msg="RunPodSandbox for &PodSandboxMetadata{Name:web,Uid:1,Namespace:shop,Attempt:0,} failed, error" error="failed to get sandbox image \\"registry.k8s.io/pause:3.8\\": failed to pull image \\"registry.k8s.io/pause:3.8\\": dial tcp: lookup registry.k8s.io: no such host"`;
    expect(causes(text)).toEqual([
      ['connection-refused', redis, 1, []],
      ['sandbox-image/dns', 'registry.k8s.io/pause:3.8', 1, ['Pod shop/web']],
    ]);
  });

  test('CRI-O, docker and cri-dockerd', () => {
    const text = `Nov 23 10:00:00 n1 crio[99]: time="2026-11-23 10:00:00Z" level=error msg="Failed to pull image quay.io/a/b:1: initializing source docker://quay.io/a/b:1: reading manifest 1 in quay.io/a/b: manifest unknown"
Nov 23 10:00:00 n1 dockerd[9]: time="2026-11-23T10:00:00Z" level=warning msg="Error getting v2 registry: Get \\"https://registry-1.docker.io/v2/\\": net/http: TLS handshake timeout"
Nov 23 10:00:00 n1 cri-dockerd[7]: time="2026-11-23T10:00:00Z" level=error msg="Error pulling image redis:7: Error response from daemon: toomanyrequests: You have reached your pull rate limit."`;
    const told = explain(text).map(({ diagnosis, others }) => [diagnosis, ...others].map((one) => one.class));
    expect(told).toEqual([['not-found'], ['rate-limited', 'tls-handshake']]);
  });

  test('kubelet: a container that could not start', () => {
    const err = `container &Container{Name:web,Image:redis:7,Command:[],} start failed in pod web-1_shop(1-2): ErrImagePull: ${refused}`;
    const text = `E1123 10:00:00.000001    1 kuberuntime_manager.go:1] "Unhandled Error" err=${JSON.stringify(err)} logger="UnhandledError"`;
    expect(causes(text)).toEqual([['connection-refused', 'redis:7', 1, ['Pod shop/web-1']]]);
  });

  test('a JSON log', () => {
    const text = JSON.stringify({
      ts: 1,
      msg: 'PullImage from image service failed',
      err: refused,
      image: redis,
    });
    expect(causes(text)).toEqual([['connection-refused', redis, 1, []]]);
  });
});

describe('plain texts', () => {
  test.each([
    ['x509: certificate signed by unknown authority', 'tls-unknown-authority'],
    [
      'Error: INSTALLATION FAILED: failed post-install: 1 error occurred:\n\t* timed out waiting for the condition',
      'dependent-install',
    ],
    ['Failed to pull image "a:1": dial tcp 1.2.3.4:443:\ni/o timeout', 'connect-timeout'],
  ])('%s', (text, expected) => {
    expect(explain(text).map(({ diagnosis }) => diagnosis.class)).toEqual([expected]);
  });

  test('several messages, one a line', () => {
    const text = `Failed to pull image "a:1": a:1: not found\nFailed to pull image "b:1": dial tcp 1.2.3.4:443: i/o timeout`;
    expect(causes(text)).toEqual([
      ['not-found', 'a:1', 1, []],
      ['connect-timeout', 'b:1', 1, []],
    ]);
  });

  test('a long log about other things holds nothing', () => {
    expect(read('GET /healthz 200 1ms\n'.repeat(1000))).toEqual([]);
    expect(read('')).toEqual([]);
  });
});

describe('anything', () => {
  test('never fails, whatever comes', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[\s"\\={}[\]:,'*-]{0,60}$/),
      fc.constantFrom(
        '{',
        '---',
        'Name: x',
        'Events:',
        '  Warning  Failed  1s  kubelet  Failed to pull image',
        'kind: [',
        'message: "\\',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expect(Array.isArray(explain(lines.join('\n')))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('secrets do not come out', () => {
    const text = `Failed to pull image "a:1": Get "https://ann:hunter2@registry.test/v2/": i/o timeout`;
    expect(JSON.stringify(explain(text))).not.toContain('hunter2');
  });
});
