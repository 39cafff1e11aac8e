import type { StepTools } from '../../src/steps/index.ts';

async function refused(): Promise<never> {
  return await Promise.reject(new Error('nothing asks for this'));
}

/** The outside world of steps, in which everything fails that a test does not give. */
export function stepTools(given: Partial<StepTools>): StepTools {
  return {
    api: { get: refused, create: refused, patch: refused, delete: refused },
    files: { read: refused, write: refused },
    dockerConfigJson: refused,
    copyImage: refused,
    readImage: refused,
    list: refused,
    onNode: refused,
    withImage: refused,
    helm: refused,
    signal: new AbortController().signal,
    ...given,
  };
}
