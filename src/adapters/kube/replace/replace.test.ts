import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  refusal,
  startApiServer,
  writeKubeconfig,
  type ApiServer,
  type StubReply,
} from '../../../../test/support/apiserver.ts';
import { digText, objectRef } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef } from '../../../core/model/index.ts';
import {
  asReplaced,
  connectKube,
  markedForRun,
  presenceOf,
  replaceObject,
  tryReplace,
  waitUntilGone,
  type Kube,
  type Replacement,
} from '../index.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;
let before: JsonObject;

const job = (image: string, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { namespace: 'shop', name: 'load', ...metadata },
  spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
});
const name: ObjectRef = { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'load' };
const jobs = /\/jobs$/;
const pods = /\/pods$/;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-replace-'));
  api = await startApiServer();
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, api), env: {} });
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true });
});

function stored(metadata: JsonObject = {}): Replacement {
  const [object] = api.put(job('web:1', metadata));
  if (object === undefined) throw new Error('not stored');
  before = object;
  return { ref: objectRef(object), before: job('web:1'), after: markedForRun(job('m/web:1'), 'r-1') };
}

function writes(): readonly string[] {
  return api.requests
    .filter(
      ({ method, query, body }) =>
        method !== 'GET' && !query.has('dryRun') && !JSON.stringify(body).includes('dryRun'),
    )
    .map(({ method }) => method);
}

const deny = (message: string) => refusal(403, message);
const now = () => api.get('Job', 'shop', 'load');

describe('a replacement', () => {
  test('is tried first: deletion, new object, its pods, and the way back', async () => {
    const replacement = stored();
    expect((await tryReplace(kube, replacement)).untried).toEqual([]);
    const tried = api.requests.slice(-4).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
    expect(tried).toEqual(['DELETE load', 'POST jobs', 'POST pods', 'POST jobs']);
    expect(writes()).toEqual([]);
    expect(now()).toEqual(before);
  });

  test('deletes exactly what was read, waits, and creates', async () => {
    const object = asReplaced(await replaceObject(kube, stored()));
    expect(object).toMatchObject({ metadata: { annotations: { 'pullmend.dev/run': 'r-1' } } });
    const deletion = api.requests.findLast(({ method }) => method === 'DELETE');
    expect(deletion?.body).toMatchObject({
      propagationPolicy: 'Foreground',
      preconditions: {
        uid: digText(before, 'metadata', 'uid'),
        resourceVersion: digText(before, 'metadata', 'resourceVersion'),
      },
    });
    expect(writes()).toEqual(['DELETE', 'POST']);
  });

  test.for([
    ['a policy', { method: 'POST', path: jobs, reply: deny('admission webhook "p" denied the request: no') }],
    [
      'a policy on its pods',
      { method: 'POST', path: pods, reply: deny('admission webhook "p" denied the request: no') },
    ],
    [
      'a webhook that is down',
      { method: 'POST', path: jobs, reply: refusal(500, 'failed calling webhook "w": no route') },
    ],
    [
      'a deletion that is not let through',
      { method: 'DELETE', reply: deny('admission webhook "d" denied: keep') },
    ],
    [
      'a quota that is overdrawn',
      {
        method: 'POST',
        path: jobs,
        reply: deny(
          'jobs "x" is forbidden: exceeded quota: q, requested: count/jobs.batch=1, used: count/jobs.batch=3, limited: count/jobs.batch=2',
        ),
      },
    ],
  ] as const)('that %s would refuse deletes nothing', async ([, fault]) => {
    const replacement = stored();
    api.script({ ...fault, dryRun: true });
    expect(await replaceObject(kube, replacement)).toMatchObject({ outcome: 'refused' });
    expect(writes()).toEqual([]);
    expect(now()).toEqual(before);
  });

  test('whose right is missing deletes nothing', async () => {
    const replacement = stored();
    api.deny({ verb: 'create', resource: 'jobs' });
    expect(await replaceObject(kube, replacement)).toMatchObject({ error: { code: 'PM_FORBIDDEN' } });
    expect(now()).toEqual(before);
  });

  test('says what could not be tried, and goes on', async () => {
    const replacement = stored();
    api.deny({ verb: 'create', resource: 'pods' });
    const full =
      'jobs "x" is forbidden: exceeded quota: q, requested: count/jobs.batch=1, used: count/jobs.batch=2, limited: count/jobs.batch=2';
    api.script(
      {
        method: 'DELETE',
        dryRun: true,
        reply: refusal(400, 'admission webhook "w" does not support dry run'),
      },
      { method: 'POST', path: jobs, dryRun: true, reply: deny(full) },
      { method: 'POST', path: jobs, dryRun: true, reply: deny('admission webhook "old" denied the request') },
    );
    const result = await replaceObject(kube, replacement);
    expect(result.outcome === 'replaced' && result.untried.map(({ what }) => what)).toEqual([
      'webhook',
      'quota',
      'pods',
      'put-back',
    ]);
  });

  test.for([
    ['another program', { finalizers: ['example.com/hold'] }, 'PM_HELD_BY_FINALIZER'],
    [
      'nobody, but is ending',
      { finalizers: ['foregroundDeletion'], deletionTimestamp: '2026-01-01T00:00:00Z' },
      'PM_BEING_DELETED',
    ],
  ] as const)('of an object that is held by %s is refused', async ([, metadata, code]) => {
    const replacement = stored(metadata);
    expect(await replaceObject(kube, replacement)).toMatchObject({ outcome: 'refused', error: { code } });
    expect(now()).toEqual(before);
  });

  test('of an object that is gone, another one, or no longer as planned is refused', async () => {
    const replacement = stored();
    const check = () => {
      throw new Error('changed');
    };
    await expect(replaceObject(kube, { ...replacement, check })).rejects.toThrow('changed');
    const other = { ...replacement, ref: { ...replacement.ref, uid: 'other' } };
    expect(await replaceObject(kube, other)).toMatchObject({ error: { code: 'PM_REPLACED_SINCE_PLAN' } });
    api.remove('Job', 'shop', 'load');
    expect(await replaceObject(kube, replacement)).toMatchObject({ error: { code: 'PM_NOT_FOUND' } });
  });

  test('reads again what a controller wrote between the trial and the deletion', async () => {
    const replacement = stored();
    let bumps = 2;
    api.intercept(({ method, body }) => {
      if (method === 'DELETE' && !JSON.stringify(body).includes('dryRun') && bumps-- > 0)
        api.put({ ...before, status: { bumps } });
      return undefined;
    });
    asReplaced(await replaceObject(kube, replacement));
    expect(writes()).toEqual(['DELETE', 'DELETE', 'DELETE', 'POST']);
  });

  test('that somebody else changed between the trial and the deletion deletes nothing', async () => {
    const replacement = stored();
    api.intercept(({ method, query, path }) => {
      if (method === 'POST' && query.has('dryRun') && path.endsWith('/pods'))
        api.put({ ...before, spec: { suspend: true } });
      return undefined;
    });
    expect(await replaceObject(kube, replacement)).toMatchObject({
      outcome: 'refused',
      error: { code: 'PM_CONFLICT' },
    });
    expect(now()?.spec).toEqual({ suspend: true });
  });

  test.for<readonly [StubReply]>([
    [
      refusal(
        422,
        `pods "NAME" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: no`,
      ),
    ],
    [refusal(500, 'Internal error occurred: failed calling webhook "w": for NAME: no route')],
  ])('is refused in the words for its own name', async ([reply]) => {
    const replacement = stored();
    api.intercept(({ method, path, body }) => {
      if (method !== 'POST' || !path.endsWith('/jobs')) return undefined;
      const trial = digText(body, 'metadata', 'name') ?? '';
      expect(trial).toMatch(/^load-[0-9a-f]{8}$/);
      return { ...reply, body: JSON.parse(JSON.stringify(reply.body).replace('NAME', trial)) as JsonObject };
    });
    const result = await replaceObject(kube, replacement);
    expect(result).toMatchObject({
      outcome: 'refused',
      error: { code: 'PM_ADMISSION_DENIED', params: { object: 'Job/shop/load' } },
    });
    expect(result.outcome === 'refused' && result.error.message).not.toMatch(/load-[0-9a-f]{8}/);
  });
});

describe('a refusal after the deletion', () => {
  const create = { method: 'POST', path: jobs, dryRun: false } as const;

  test('puts the old object back', async () => {
    const replacement = stored();
    api.script({ ...create, reply: deny('admission webhook "p" denied the request: changed my mind') });
    const result = await replaceObject(kube, replacement);
    expect(result).toMatchObject({ outcome: 'put-back', error: { code: 'PM_ADMISSION_DENIED' } });
    expect(now()?.spec).toEqual(before.spec);
    expect(() => asReplaced(result)).toThrow('changed my mind');
  });

  test('that passes is waited for', async () => {
    const replacement = stored();
    api.script({
      ...create,
      times: 2,
      reply: refusal(500, 'failed calling webhook "w": connection refused'),
    });
    expect(asReplaced(await replaceObject(kube, replacement))).toMatchObject({ metadata: { name: 'load' } });
  });

  test('of both leaves the object whole in the result', async () => {
    const replacement = stored();
    api.script({ ...create, times: 2, reply: deny('admission webhook "p" denied the request: never') });
    expect(await replaceObject(kube, replacement)).toMatchObject({
      outcome: 'open',
      half: 'deleted',
      lost: replacement.before,
      error: { code: 'PM_OBJECT_LOST' },
    });
    expect(now()).toBeUndefined();
  });

  test('because somebody else made an object of that name leaves theirs', async () => {
    const replacement = stored();
    api.onWrite(({ verb }) => {
      if (verb === 'delete') api.put(job('theirs:1'));
    });
    const result = await replaceObject(kube, replacement);
    expect(result).toMatchObject({ outcome: 'open', half: 'deleted', lost: replacement.before });
    expect(JSON.stringify(now())).toContain('theirs:1');
  });
});

describe('a lost answer', () => {
  test('of the creation is read back: there is one object, and it is ours', async () => {
    const replacement = stored();
    api.script({ method: 'POST', path: jobs, dryRun: false, reply: 'lost' });
    const object = asReplaced(await replaceObject(kube, replacement));
    expect(object.metadata).toEqual(now()?.metadata);
    expect(writes()).toEqual(['DELETE', 'POST']);
  });

  test('of the deletion is read back as well', async () => {
    const replacement = stored();
    api.script({ method: 'DELETE', dryRun: false, reply: 'lost' });
    asReplaced(await replaceObject(kube, replacement));
    expect(writes()).toEqual(['DELETE', 'POST']);
  });

  test('of a request that was never carried out: it is sent again', async () => {
    const replacement = stored();
    api.script(
      { method: 'DELETE', dryRun: false, reply: 'reset' },
      { method: 'POST', path: jobs, dryRun: false, reply: 'reset' },
    );
    asReplaced(await replaceObject(kube, replacement));
    expect(writes()).toEqual(['DELETE', 'DELETE', 'POST', 'POST']);
  });
});

describe('an abort', () => {
  test('before the deletion changes nothing', async () => {
    const replacement = stored();
    const stop = new AbortController();
    api.intercept(({ method }) => {
      if (method === 'POST') stop.abort(new Error('enough'));
      return undefined;
    });
    await expect(replaceObject(kube, replacement, { signal: stop.signal })).rejects.toThrow('enough');
    expect(now()).toEqual(before);
  });

  test('while a finalizer holds the object leaves it open, within two seconds', async () => {
    const replacement = { ...stored({ finalizers: ['example.com/hold'] }), waitForFinalizers: true };
    const stop = new AbortController();
    api.onWrite(() => stop.abort());
    const result = await replaceObject(kube, replacement, { signal: stop.signal });
    expect(result).toMatchObject({
      outcome: 'open',
      half: 'being-deleted',
      lost: replacement.before,
      error: { code: 'PM_REPLACEMENT_OPEN' },
    });
    expect(await presenceOf(kube, replacement.ref)).toMatchObject({
      state: 'being-deleted',
      finalizers: ['example.com/hold'],
    });
  });

  test('while the server is silent leaves it open as well', async () => {
    const replacement = stored();
    const stop = new AbortController();
    api.onWrite(() => stop.abort());
    api.script({ method: 'POST', path: jobs, dryRun: false, reply: 'hang' });
    const result = await replaceObject(kube, replacement, { signal: stop.signal });
    expect(result).toMatchObject({
      outcome: 'open',
      half: 'deleted',
      error: { code: 'PM_REPLACEMENT_OPEN' },
    });
  });

  test('of a half that can be finished finishes it', async () => {
    const replacement = stored();
    const stop = new AbortController();
    api.onWrite(() => stop.abort());
    expect(await replaceObject(kube, replacement, { signal: stop.signal })).toMatchObject({
      outcome: 'replaced',
    });
  });
});

describe('the end of a deletion', () => {
  test('is waited for, with finalizers and through an API server that restarts', async () => {
    const { ref } = stored({ finalizers: ['example.com/hold'] });
    await kube.delete(ref);
    await api.stop();
    const waiting = waitUntilGone(kube, ref);
    await api.start();
    const [object] = api.all('Job');
    api.put({ ...object, metadata: { ...(object?.metadata as JsonObject), finalizers: [] } });
    await waiting;
    expect(await presenceOf(kube, name)).toEqual({ state: 'gone' });
  });

  test('that does not come names who holds it', async () => {
    const { ref } = stored({ finalizers: ['example.com/hold'] });
    await kube.delete(ref);
    await expect(waitUntilGone(kube, ref, { timeoutMs: 0 })).rejects.toMatchObject({
      code: 'PM_NOT_GONE',
      params: { held: ['example.com/hold'] },
    });
  });

  test('an object that lives is told from one that is ending, and from another of its name', async () => {
    const { ref } = stored();
    expect(await presenceOf(kube, ref)).toMatchObject({ state: 'lives' });
    expect(await presenceOf(kube, { ...ref, uid: 'x' })).toMatchObject({ state: 'another' });
  });
});
