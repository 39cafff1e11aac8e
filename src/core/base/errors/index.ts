import { cliErrors } from './cli.ts';
import { configErrors } from './config.ts';
import { copyErrors } from './copy.ts';
import { filesErrors } from './files.ts';
import { harborErrors } from './harbor.ts';
import { helmErrors } from './helm.ts';
import { kubeErrors } from './kube.ts';
import { localErrors } from './local.ts';
import { nodeConfigErrors } from './node-config.ts';
import { registryErrors } from './registry.ts';
import { requestErrors } from './request.ts';
import { runErrors } from './run.ts';
import { sourcesErrors } from './sources.ts';

/** Every error that pullmend can end with; docs/reference/errors.md is generated from here. */
export const errorCatalogue = {
  ...cliErrors,
  ...configErrors,
  ...harborErrors,
  ...helmErrors,
  ...kubeErrors,
  ...registryErrors,
  ...filesErrors,
  ...copyErrors,
  ...localErrors,
  ...nodeConfigErrors,
  ...requestErrors,
  ...runErrors,
  ...sourcesErrors,
};

export type ErrorCode = keyof typeof errorCatalogue;

export type { HarborDifference, HarborUnsuitable } from './harbor.ts';
export type { ErrorSpec, ErrorText, Fault } from './define.ts';
