import type { Operator } from '../schema.ts';
import { prometheusOperator } from './prometheus-operator.ts';

/** One file each, in the order of their names. */
export const operators: readonly Operator[] = [prometheusOperator];
