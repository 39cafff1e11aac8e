import type { Confidence, FailureClass, MirrorHelps } from '../../../model/index.ts';
import type { Endpoint } from '../endpoint.ts';

/** What a rule may look at. */
export type Facts = {
  /** The folded text of `clause`: one line, URLs and image names masked. */
  readonly text: string;
  /** The same line with its URLs. */
  readonly full: string;
  /** HTTP status that the text reports. */
  readonly status?: number;
  readonly endpoint?: Endpoint;
  /** Waiting reason or Event reason. */
  readonly reason: string;
  readonly image?: string;
  readonly runtime: string;
};

/** One way to recognise a class. All conditions that are given must hold. */
export type Rule = {
  readonly name: string;
  readonly class: FailureClass | ((facts: Facts) => FailureClass);
  /** Against the folded text. Linear: no nested repetition, gaps are bounded. */
  readonly pattern?: RegExp;
  /** HTTP status, inclusive. */
  readonly status?: readonly [number, number];
  /** Waiting or Event reason. */
  readonly reason?: RegExp;
  readonly runtime?: RegExp;
  readonly when?: (facts: Facts) => boolean;
  /** Default `certain`. */
  readonly confidence?: Confidence;
  /** Overrides what the class says. */
  readonly mirrorHelps?: MirrorHelps;
  /** Who prints it, in which versions, from which upstream file. */
  readonly seen: string;
};

/** Does the rule recognise the text? */
export function matches(rule: Rule, facts: Facts): boolean {
  const { pattern, status, reason, runtime, when } = rule;
  if (pattern !== undefined && !pattern.test(facts.text)) return false;
  if (status !== undefined && !within(status, facts.status)) return false;
  if (reason !== undefined && !reason.test(facts.reason)) return false;
  if (runtime !== undefined && !runtime.test(facts.runtime)) return false;
  return when === undefined || when(facts);
}

function within([low, high]: readonly [number, number], status: number | undefined): boolean {
  return status !== undefined && status >= low && status <= high;
}
