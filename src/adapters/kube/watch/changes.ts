import type { JsonObject } from '../../../core/model/index.ts';

/**
 * What happened to the objects that are watched. `added`: seen for the first time, those that were there at the start
 * included; `removed`: with its last known state, or only its identity when it went while nobody looked; `synced`:
 * all that was there when the list was read has been told, at the start and after each gap that could not be bridged.
 */
export type Change =
  | { readonly type: 'added' | 'changed' | 'removed'; readonly object: JsonObject }
  | { readonly type: 'synced' };

export type WatchOptions = {
  /** Absent: all namespaces. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Only `metadata` of each object. */
  readonly metadataOnly?: boolean;
  /** Ends the changes, without an error. */
  readonly signal: AbortSignal;
  /** Told of each failure that is survived: whoever waits may say why nothing comes. */
  readonly onTrouble?: (error: unknown) => void;
  /** Gives up after so long without any contact; default 5 min. */
  readonly giveUpAfterMs?: number;
  /** Between two lists, where watching is not possible; default 2 s. */
  readonly pollMs?: number;
};
