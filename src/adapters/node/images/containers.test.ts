import { expect, test } from 'vitest';
import { containerdContainers, criContainers, dockerContainers } from './containers.ts';

const id = 'a'.repeat(64);
const other = 'b'.repeat(64);
const pause = 'c'.repeat(64);

test('what containerd tells of all its namespaces; sandboxes aside, and what has no task has ended', () => {
  const text = `sandbox k8s.io ${pause}
container k8s.io ${id}    docker.io/library/web:1    io.containerd.runc.v2
container k8s.io ${other}    sha256:${other}    io.containerd.runc.v2
container k8s.io ${pause}    registry.k8s.io/pause:3.9    io.containerd.runc.v2
task k8s.io ${id}    4711    RUNNING
task k8s.io ${pause}    4712    RUNNING
container moby ${id}    -    io.containerd.runc.v2
task moby ${id}    4713    PAUSED
nonsense`;
  expect(containerdContainers(text)).toEqual([
    { id, namespace: 'k8s.io', image: 'docker.io/library/web:1', state: 'running' },
    { id: other, namespace: 'k8s.io', image: `sha256:${other}`, state: 'exited' },
    { id, namespace: 'moby', image: '', state: 'paused' },
  ]);
});

test('what CRI-O tells', () => {
  const containers = [
    { id, image: { image: 'quay.io/a/b:1' }, imageRef: 'x', state: 'CONTAINER_RUNNING' },
    { id: other, imageRef: 'x', state: 'CONTAINER_EXITED' },
  ];
  expect(criContainers(JSON.stringify({ containers }))).toEqual([
    { id, image: 'quay.io/a/b:1', state: 'running' },
    { id: other, image: 'x', state: 'exited' },
  ]);
  expect(() => criContainers('no')).toThrow('no JSON');
});

test('what docker tells, without the sandboxes of pods', () => {
  const rows = [
    { ID: id, Image: 'nginx', Names: 'web', State: 'running' },
    { ID: other, Image: 'redis', Names: 'old', State: 'dead' },
    { ID: pause, Image: 'pause', Names: 'k8s_POD_web_shop_x_0', State: 'running' },
    { ID: 'x', Image: 'y', Names: 'z', State: 'novel' },
  ];
  expect(dockerContainers(rows.map((row) => JSON.stringify(row)).join('\n'))).toEqual([
    { id, image: 'nginx', state: 'running' },
    { id: other, image: 'redis', state: 'exited' },
    { id: 'x', image: 'y', state: 'unknown' },
  ]);
});
