import { cliErrors } from './cli.ts';
import { configErrors } from './config.ts';
import { copyErrors } from './copy.ts';
import { filesErrors } from './files.ts';
import { kubeErrors } from './kube.ts';
import { registryErrors } from './registry.ts';
import { runErrors } from './run.ts';

/** Every error that pullmend can end with; docs/reference/errors.md is generated from here. */
export const errorCatalogue = {
  ...cliErrors,
  ...configErrors,
  ...kubeErrors,
  ...registryErrors,
  ...filesErrors,
  ...copyErrors,
  ...runErrors,
};

export type ErrorCode = keyof typeof errorCatalogue;

export type { ErrorSpec, ErrorText, Fault } from './define.ts';
