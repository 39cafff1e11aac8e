import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  refusal,
  startApiServer,
  writeKubeconfig,
  type ApiServer,
  type Fault,
} from '../../../../test/support/apiserver.ts';
import { digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { connectKube, type Change, type Kube, type WatchOptions } from '../index.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;
let stop: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-watch-'));
  api = await startApiServer();
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, api), env: {} });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await api.close();
  await kube.close();
  await rm(folder, { recursive: true });
});

const pod = (name: string, phase = 'Pending', metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, uid: `uid-${name}`, ...metadata },
  spec: {},
  status: { phase },
});

function iterator(options: Partial<WatchOptions> = {}): AsyncIterator<Change> {
  return kube.watch('Pod', { namespace: 'shop', signal: stop.signal, ...options })[Symbol.asyncIterator]();
}

/** Reads changes as they come; `until` gives them, a text each, up to `last`, and goes on from there. */
function watching(options: Partial<WatchOptions> = {}) {
  const seen: string[] = [];
  let wake = (): void => {};
  let isOver = false;
  const over = (async () => {
    try {
      for await (const change of kube.watch('Pod', { namespace: 'shop', signal: stop.signal, ...options })) {
        seen.push(shown(change));
        wake();
      }
    } finally {
      isOver = true;
      wake();
    }
  })();
  over.catch(() => undefined);
  return {
    over,
    until: async (last: string): Promise<readonly string[]> => {
      while (!seen.includes(last)) {
        if (isOver) throw new Error(`ended after ${seen.join(', ')}`);
        await new Promise<void>((resolve) => void (wake = resolve));
      }
      return seen.splice(0, seen.indexOf(last) + 1);
    },
  };
}

function shown(change: Change): string {
  if (change.type === 'synced') return 'synced';
  return `${change.type} ${digText(change.object, 'metadata', 'name')} ${digText(change.object, 'status', 'phase') ?? '-'}`;
}

const requested = (watch: boolean) =>
  api.requests.filter(
    ({ path, query }) => path.endsWith('/pods') && (query.get('watch') === 'true') === watch,
  );

/** The next watch is open. */
async function watched(): Promise<void> {
  while (api.watches.count === 0) await new Promise((resolve) => void setImmediate(resolve));
}

describe('changes', () => {
  test('are told: what is there, that it is all, and then each', async () => {
    api.put(pod('a', 'Running'), pod('b'), pod('other', 'Running', { namespace: 'else' }));
    const { until, over } = watching();
    expect(await until('synced')).toEqual(['added a Running', 'added b Pending', 'synced']);
    api.put(pod('c'), pod('b', 'Running'), pod('other', 'Failed', { namespace: 'else' }));
    api.remove('Pod', 'shop', 'a');
    expect(await until('removed a Running')).toEqual([
      'added c Pending',
      'changed b Running',
      'removed a Running',
    ]);
    expect(requested(false)).toHaveLength(1);
    expect(requested(true)[0]?.query.get('allowWatchBookmarks')).toBe('true');
    stop.abort();
    await over;
  });

  test('of selected objects, with metadata only', async () => {
    api.put(pod('a', 'Running', { labels: { app: 'x' } }), pod('b'));
    const changes = iterator({ labelSelector: 'app=x', metadataOnly: true });
    expect(await changes.next()).toMatchObject({
      value: { type: 'added', object: { metadata: { name: 'a' } } },
    });
    await changes.next();
    api.put(pod('b', 'Failed'), pod('a', 'Failed', { labels: { app: 'x' } }));
    const { value } = (await changes.next()) as { readonly value: Change };
    expect(value).toMatchObject({ type: 'changed', object: { kind: 'Pod', metadata: { name: 'a' } } });
  });

  test('an object that was deleted and made again is another one', async () => {
    api.put(pod('a'));
    const { until } = watching();
    await until('synced');
    await watched();
    api.watches.stop('cut');
    api.remove('Pod', 'shop', 'a');
    api.put(pod('a', 'Running', { uid: 'second' }));
    api.compact();
    expect(await until('synced')).toEqual(['removed a -', 'added a Running', 'synced']);
  });
});

describe('a watch goes on', () => {
  test.for([
    ['the server ends it', () => api.watches.stop('end')],
    ['the connection breaks in the middle of a line', () => api.watches.stop('cut')],
  ] as const)('from where it was when %s', async ([, end]) => {
    const { until } = watching();
    await until('synced');
    api.put(pod('a'));
    await until('added a Pending');
    end();
    api.put(pod('a', 'Running'));
    expect(await until('changed a Running')).toEqual(['changed a Running']);
    expect(requested(false)).toHaveLength(1);
  });

  test('from a bookmark, when nothing of its own happened', async () => {
    const { until } = watching();
    await until('synced');
    await watched();
    api.put(pod('far', 'Running', { namespace: 'else' }));
    api.watches.bookmark();
    api.put(pod('a'));
    await until('added a Pending');
    api.watches.stop('end');
    api.put(pod('b'));
    await until('added b Pending');
    api.watches.bookmark();
    api.compact();
    api.watches.stop('end');
    api.put(pod('c'));
    expect(await until('added c Pending')).toEqual(['added c Pending']);
    expect(requested(false)).toHaveLength(1);
  });

  test('with a new list when its version is compacted away (410), told as the difference', async () => {
    api.put(pod('a'), pod('b'), pod('c'));
    const { until } = watching();
    await until('synced');
    await watched();
    api.watches.stop('end');
    api.remove('Pod', 'shop', 'a');
    api.put(pod('b', 'Running'), pod('d'));
    api.compact();
    expect(await until('synced')).toEqual(['removed a -', 'changed b Running', 'added d Pending', 'synced']);
  });

  test.for<readonly [string, Fault]>([
    ['429 with Retry-After', { watch: true, reply: refusal(429, 'slow down', { 'retry-after': '0' }) }],
    ['503', { watch: true, times: 2, reply: refusal(503, 'apiserver is shutting down') }],
    ['410 in the reply', { watch: true, reply: refusal(410, 'too old') }],
    ['a cut before the reply', { watch: true, times: 2, reply: 'reset' }],
    ['what is no watch at all', { watch: true, reply: { status: 200, body: 'hello\n' } }],
    [
      'an event of another error',
      {
        watch: true,
        reply: { status: 200, body: '{"type":"ERROR","object":{"code":500,"message":"etcd"}}\n' },
      },
    ],
  ])('after %s, and the trouble is told', async ([, fault]) => {
    api.script(fault);
    const troubles: unknown[] = [];
    const { until } = watching({ onTrouble: (error) => void troubles.push(error) });
    await until('synced');
    void watched().then(() => api.put(pod('a')));
    expect((await until('added a Pending')).at(-1)).toBe('added a Pending');
    expect(troubles.length).toBeGreaterThan(0);
  });

  test('after an API server that restarts', async () => {
    const { until } = watching();
    await until('synced');
    await watched();
    await api.stop();
    api.put(pod('a'));
    await api.start();
    expect(await until('added a Pending')).toEqual(['added a Pending']);
  });

  test('by lists, where watching is forbidden', async () => {
    api.put(pod('a'));
    api.deny({ verb: 'watch', resource: 'pods' });
    const { until } = watching({ pollMs: 1 });
    await until('synced');
    api.put(pod('a', 'Running'), pod('b'));
    expect((await until('added b Pending')).filter((each) => each !== 'synced')).toEqual([
      'changed a Running',
      'added b Pending',
    ]);
  });
});

describe('a watch ends', () => {
  test('when the objects may not even be listed', async () => {
    api.deny({ verb: 'list', resource: 'pods' });
    await expect(iterator().next()).rejects.toMatchObject({ code: 'PM_FORBIDDEN' });
  });

  test('with the last failure when there was no contact for long', async () => {
    const { until, over } = watching({ giveUpAfterMs: -1 });
    await until('synced');
    await watched();
    await api.stop();
    await expect(over).rejects.toMatchObject({ code: 'PM_API_UNREACHABLE' });
  });

  test('without an error when it is aborted, also while it waits', async () => {
    api.script({ watch: true, times: 99, reply: refusal(429, 'slow down', { 'retry-after': '30' }) });
    await watching({ onTrouble: () => stop.abort() }).over;
  });

  test('and leaves no connection when nobody reads on', async () => {
    const changes = iterator();
    await changes.next();
    api.put(pod('a'));
    await changes.next();
    expect(api.watches.count).toBe(1);
    await changes.return?.();
    while (api.watches.count > 0) await new Promise((resolve) => void setImmediate(resolve));
  });
});
