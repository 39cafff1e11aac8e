import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, type Fault } from '../../../test/support/faulty.ts';
import { startHarbor, type FakeHarbor } from '../../../test/support/harbor.ts';
import { isError } from '../../core/base/index.ts';
import { isHarbor, openHarbor, type Harbor, type HarborReply, type HarborRequest } from './index.ts';

let fake: FakeHarbor;
let harbor: Harbor;

beforeEach(async () => {
  fake = await startHarbor();
  harbor = open('admin', 'Harbor12345');
});
afterEach(async () => {
  await fake.close();
});

function open(username: string, password: string): Harbor {
  return openHarbor({ host: fake.authority, send, login: { username, password } });
}

async function send({ method, path, headers, body }: HarborRequest): Promise<HarborReply> {
  const url = `http://${fake.authority}${path}`;
  const init = { method, headers, redirect: 'manual' as const, ...(body === undefined ? {} : { body }) };
  const reply = await fetch(url, init);
  return {
    status: reply.status,
    header: (name) => reply.headers.get(name) ?? undefined,
    body: new Uint8Array(await reply.arrayBuffer()),
    request: `${method} ${url}`,
  };
}

/** Answers the API in Harbor's place, but for the ping. */
function instead(fault: Fault): void {
  fake.registry.fault = fault;
}

describe('a Harbor', () => {
  test('is known by its ping', async () => {
    expect(await isHarbor(send)).toBe(true);
    instead((_request, response) => answer(response, 200, { 'content-type': 'text/html' }, '<html>Pong'));
    expect(await isHarbor(send)).toBe(false);
  });

  test('gives long lists page by page', async () => {
    for (let n = 0; n < 250; n++) fake.addEndpoint(`e${n}`, 'docker-registry', `https://r${n}.corp`);
    expect(await harbor.endpoints()).toHaveLength(250);
    expect(fake.registry.seen).toHaveLength(3);
  });

  test('that never ends a list is left', async () => {
    const page = JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ id: id + 1 })));
    instead((_request, response) => answer(response, 200, { 'content-type': 'application/json' }, page));
    await expect(harbor.endpoints()).rejects.toMatchObject({
      code: 'PM_HARBOR_ENDLESS',
      params: { list: '/registries', most: 5000 },
    });
  });

  test('finds a project by a name that looks like a number', async () => {
    fake.addProject('123');
    expect((await harbor.project('123'))?.name).toBe('123');
  });

  test('tells a missing project from one that may not be seen', async () => {
    fake.addProject('hidden');
    const ann = open('ann', 'hunter3');
    expect(await ann.project('missing')).toBeUndefined();
    await expect(ann.project('hidden')).rejects.toMatchObject({ code: 'PM_HARBOR_FORBIDDEN' });
  });

  test.each<[number, string, string]>([
    [200, '<html>', 'PM_MIRROR_NOT_A_REGISTRY'],
    [200, '{"id":"1"}', 'PM_MIRROR_NOT_A_REGISTRY'],
    [302, '', 'PM_MIRROR_NOT_A_REGISTRY'],
    [401, '', 'PM_HARBOR_UNAUTHORIZED'],
    [403, '{"errors":[{"code":"FORBIDDEN","message":"x"}]}', 'PM_HARBOR_FORBIDDEN'],
    [412, '{"errors":[{"code":"PRECONDITION","message":"x"}]}', 'PM_HARBOR_REFUSED'],
    [429, '', 'PM_REGISTRY_RATE_LIMITED'],
    [502, '<html>', 'PM_REGISTRY_SERVER_ERROR'],
  ])('%i %s is %s', async (status, body, code) => {
    instead((_request, response) => answer(response, status, {}, body));
    const error: unknown = await harbor.endpoints().catch((it: unknown) => it);
    expect(error).toMatchObject({ code });
  });

  test('a secret in what the server says is not told', async () => {
    const message = 'password=hunter2 is wrong\u001b[2J\n\nnext';
    const body = JSON.stringify({ errors: [{ code: 'BAD_REQUEST', message }] });
    instead((_request, response) => answer(response, 400, {}, body));
    const error: unknown = await harbor.createRobot('x', ['p']).catch((it: unknown) => it);
    expect(isError(error, 'PM_HARBOR_REFUSED') && error.where).not.toMatch(/hunter2|\n/);
  });
});

describe('the Harbor of the tests refuses', () => {
  const json = { 'content-type': 'application/json' };
  const admin = `Basic ${Buffer.from('admin:Harbor12345').toString('base64')}`;
  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const all = { authorization: admin, ...(body === undefined ? {} : json), ...headers };
    const reply = await fetch(`http://${fake.authority}/api/v2.0${path}`, { method, headers: all, ...text });
    return reply.status;
  }

  test.each<[number, string, string, unknown, Record<string, string>]>([
    [422, 'POST', '/projects', { name: 'p' }, {}],
    [422, 'POST', '/projects', { project_name: 'Upper' }, {}],
    [422, 'POST', '/projects', { project_name: 'p', metadata: { public: true } }, {}],
    [422, 'POST', '/projects', { project_name: 'p', registry_id: '1' }, {}],
    [415, 'POST', '/projects', { project_name: 'p' }, { 'content-type': 'text/plain' }],
    [403, 'POST', '/projects', { project_name: 'p' }, { cookie: 'sid=1' }],
    [422, 'POST', '/registries', { name: 'x', type: 'docker', url: 'https://x' }, {}],
    [422, 'POST', '/registries', { name: 'x', type: 'quay', url: 'x' }, {}],
    [422, 'POST', '/robots', { name: 'x', level: 'system', duration: 0, permissions: [] }, {}],
    [422, 'GET', '/registries?page_size=101', undefined, {}],
    [422, 'GET', '/registries?page=0', undefined, {}],
    [422, 'HEAD', '/projects', undefined, {}],
    [406, 'GET', '/registries', undefined, { accept: 'text/html' }],
    [404, 'DELETE', '/projects/p', undefined, {}],
    [404, 'GET', '/nothing', undefined, {}],
    [401, 'GET', '/registries', undefined, { authorization: '' }],
  ])('%i %s %s %j', async (status, method, path, body, headers) => {
    expect(await ask(method, path, body, headers)).toBe(status);
    expect(fake.writes).toEqual([]);
  });

  test('what is there already', async () => {
    expect(await ask('POST', '/projects', { project_name: 'p' })).toBe(201);
    expect(await ask('POST', '/projects', { project_name: 'p' })).toBe(409);
  });
});
