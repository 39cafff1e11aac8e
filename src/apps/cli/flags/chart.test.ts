import { expect, test } from 'vitest';
import { helmCommand } from './chart.ts';

test('helm is told all that pullmend was told, the override after the values of the user', () => {
  const flags = {
    values: ['a.yaml', 'my values.yaml'],
    set: ['x=1', 'list={a,b}'],
    namespace: 'shop',
    chartRepo: 'https://charts.example',
    chartVersion: '1.2.3',
    skipSchemaValidation: true,
  };
  expect(helmCommand('web', flags, 'override.yaml')).toBe(
    "helm upgrade --install RELEASE web --repo https://charts.example --version 1.2.3 -n shop -f a.yaml -f 'my values.yaml' -f override.yaml --set x=1 --set 'list={a,b}' --skip-schema-validation",
  );
  // A copy on this machine is in no repository.
  expect(helmCommand('web', { chartVersion: '1.2.3' }, 'o.yaml', './copy')).toBe(
    'helm upgrade --install RELEASE ./copy -f o.yaml',
  );
});
