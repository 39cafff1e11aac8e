import { expect, test } from 'vitest';
import { resolverRequests } from './index.ts';

const head =
  'time="2026-01-01T00:00:00Z" level=debug msg="do request" host=m.corp ref="docker.io/library/x:1"';
const url = 'https://m.corp/v2/proxy/library/x/manifests/1?ns=docker.io';

test('requests with their answers, in order', () => {
  const trace = [
    `${head} request.header.authorization="Basic c2VjcmV0" request.method=HEAD url="${url}"`,
    `time="2026-01-01T00:00:01Z" level=debug msg="fetch response received" response.status="404 Not Found" url="${url}"`,
    'time="2026-01-01T00:00:01Z" level=info msg="trying next host - response was http.StatusNotFound" host=m.corp',
    `${head} request.method=HEAD url="https://r.io/v2/library/x/manifests/1"`,
    String.raw`time="2026-01-01T00:00:01Z" level=info msg="trying next host" error="Head \"https://r.io/v2/library/x/manifests/1\": dial tcp: i/o timeout" host=r.io`,
  ].join('\n');
  expect(resolverRequests(trace)).toEqual([
    { method: 'HEAD', url, status: 404 },
    {
      method: 'HEAD',
      url: 'https://r.io/v2/library/x/manifests/1',
      error: 'Head "https://r.io/v2/library/x/manifests/1": dial tcp: i/o timeout',
    },
  ]);
});

test('what ends the command is why the last one had no answer', () => {
  const trace = `${head} request.method=HEAD url=${url}\nctr: http: server gave HTTP response to HTTPS client\n`;
  expect(resolverRequests(trace)).toEqual([
    { method: 'HEAD', url, error: 'http: server gave HTTP response to HTTPS client' },
  ]);
  expect(resolverRequests('ctr: command not found\n')).toEqual([]);
});
