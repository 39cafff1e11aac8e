import type { Verdict } from '../../core/model/index.ts';

/** One look at a step's object and pods. `final` verdicts do not wait for the deadline. */
export type Look = Omit<Verdict, 'step' | 'object' | 'seconds'> & { readonly final: boolean };
