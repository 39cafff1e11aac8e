import { PullmendError, type ErrorParams } from '../error.ts';
import type { ErrorCode } from './index.ts';
import { placeholders } from './placeholder.ts';

/** Parameters of errors whose text depends on what is in them, so that no placeholder will do. */
const examples: { readonly [C in ErrorCode]?: ErrorParams<C> } = {
  PM_FORBIDDEN: { verb: 'patch', resource: 'deployments.apps', namespace: 'shop', user: 'jane' },
  PM_HARBOR_UNSUITABLE: { mirror: '{mirror}', reason: 'no-project' },
  PM_HARBOR_DIFFERS: {
    host: '{host}',
    name: '{name}',
    reason: 'other-upstream',
    have: '{have}',
    want: '{want}',
  },
  PM_TOO_MANY_CHANGES: {
    changes: 12,
    most: 5,
    objects: [{ object: 'Deployment/shop/web', changes: 1, pods: 3 }],
    more: 11,
    namespaces: [{ name: 'shop', changes: 12 }],
  },
  PM_HARBOR_HALF_DONE: { made: 3, of: 5, why: { en: '{why}', zh: '{why}' } },
  PM_CONFIG_INVALID: {
    file: '{file}',
    problems: [
      {
        line: 3,
        column: 5,
        path: 'mirrors[0].shceme',
        fault: { kind: 'unknown-key', key: 'shceme', didYouMean: 'scheme' },
      },
      { line: 7, column: 5, path: 'mirrors[1].at', fault: { kind: 'missing' } },
    ],
  },
  PM_KNOWLEDGE_INVALID: {
    file: '{file}',
    problems: [
      {
        line: 3,
        column: 5,
        path: 'reverst',
        fault: { kind: 'unknown-key', key: 'reverst', didYouMean: 'reverts' },
      },
      { line: 7, column: 5, path: 'images[1].at', fault: { kind: 'missing' } },
    ],
  },
};

/** The error as its code alone tells it: what it fills in stands as `{name}`. */
export function errorSample(code: ErrorCode): PullmendError {
  const params: object = examples[code] ?? placeholders();
  // The catalogue ties each code to its parameters; the placeholders take the place of any.
  return new PullmendError(code, params as ErrorParams<ErrorCode>);
}
