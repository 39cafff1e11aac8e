import { expect, it } from 'vitest';
import { refusalIn, refuserWords } from './refusal.ts';

const rows: readonly (readonly [string, string, string | undefined])[] = [
  [
    'Error creating: pods "web-7d-" is forbidden: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2',
    'quota',
    'team',
  ],
  ['Error creating: pods "web-" is forbidden: failed quota: team: must specify limits.cpu', 'quota', 'team'],
  [
    'Error creating: pods "web-" is forbidden: [maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Pod is 1Gi]',
    'limit-range',
    undefined,
  ],
  [
    'Error creating: pods "web-" is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000',
    'limit-range',
    undefined,
  ],
  [
    'Error creating: pods "web-" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    'pod-security',
    undefined,
  ],
  [
    'Error creating: pods "web-" is forbidden: unable to validate against any security context constraint: []',
    'pod-security',
    undefined,
  ],
  [
    `Error creating: pods "web-" is forbidden: ValidatingAdmissionPolicy 'only-ours' with binding 'all' denied request: exceeded quota: words of its author`,
    'admission-policy',
    'only-ours',
  ],
  [
    'Error creating: admission webhook "guard.corp.example" denied the request: images must come from harbor',
    'webhook',
    'guard.corp.example',
  ],
  [
    'Error creating: Internal error occurred: failed calling webhook "guard.corp.example": failed to call webhook: Post "https://guard.example:8443/": EOF',
    'webhook-silent',
    'guard.corp.example',
  ],
  [
    'Error creating: pods "web-" is forbidden: unable to create new content in namespace shop because it is being terminated',
    'terminating',
    undefined,
  ],
  [
    'Error creating: pods "web-" is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found',
    'service-account',
    'robot',
  ],
  [
    'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: no PriorityClass with name high was found',
    'priority-class',
    'high',
  ],
  [
    'Error creating: pods "web-" is forbidden: pod rejected: RuntimeClass "gvisor" not found',
    'runtime-class',
    'gvisor',
  ],
  ['Error creating: Pod "web-x" is invalid: spec.containers[0].image: Required value', 'invalid', undefined],
  ['Error creating: etcdserver: request timed out', 'other', undefined],
];

it.each(rows)('knows who refused: %s', (message, by, name) => {
  expect(refusalIn(message)).toEqual({ by, ...(name === undefined ? {} : { name }) });
});

it('takes no shell text of a policy for a name', () => {
  expect(refusalIn('admission webhook "x; rm -rf /" denied the request')).toEqual({ by: 'other' });
});

it('keeps the words of the refuser', () => {
  expect(
    refuserWords('create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: no room'),
  ).toBe('no room');
  expect(refuserWords('Error creating: etcdserver: request timed out')).toBe('etcdserver: request timed out');
});
