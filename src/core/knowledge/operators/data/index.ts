import type { Operator } from '../schema.ts';
import { certManager } from './cert-manager.ts';
import { cloudnativePg } from './cloudnative-pg.ts';
import { eck } from './eck.ts';
import { istio } from './istio.ts';
import { knativeOperator } from './knative-operator.ts';
import { knativeServing } from './knative-serving.ts';
import { linkerd } from './linkerd.ts';
import { localPathProvisioner } from './local-path-provisioner.ts';
import { longhorn } from './longhorn.ts';
import { openebsLocalpv } from './openebs-localpv.ts';
import { prometheusOperator } from './prometheus-operator.ts';
import { rook } from './rook.ts';
import { strimzi } from './strimzi.ts';

/** One file each, in the order of their names. */
export const operators: readonly Operator[] = [
  certManager,
  cloudnativePg,
  eck,
  istio,
  knativeOperator,
  knativeServing,
  linkerd,
  localPathProvisioner,
  longhorn,
  openebsLocalpv,
  prometheusOperator,
  rook,
  strimzi,
];
