import type { UnprobedReason, Vantage } from '../../core/model/index.ts';

/** What a script printed. */
export type ShellResult = { readonly stdout: string; readonly stderr: string; readonly exit: number };

/** Bytes for a script's standard input. */
export type ShellInput = {
  /** Exactly so many reach the script; more are not sent, fewer are an error. */
  readonly length: number;
  /** Read only as fast as the node takes it. */
  readonly stream: AsyncIterable<Uint8Array>;
};

export type RunOptions = {
  /** Default 60. The script is ended after it, on the node too. */
  readonly timeoutSeconds?: number | undefined;
  /** Default: none, the script's standard input is empty. */
  readonly input?: ShellInput | undefined;
  /** Of standard output, default 4 MiB; more is an error. */
  readonly maxOutputBytes?: number | undefined;
};

/** A root shell on a node, in the namespaces of its host. Close it at the end. */
export type NodeShell = {
  readonly access: NonNullable<Vantage['access']>;
  /**
   * Runs a POSIX shell script with the host's own programs; it is sent through standard input, never logged. Errors:
   * NodeAccessError, those of the input's stream, the reason of the signal.
   */
  run(script: string, options?: RunOptions): Promise<ShellResult>;
  close(): Promise<void>;
};

/** Longer than any single request of a probe may take. */
export const usualSeconds = 60;
/** What a survey of a node prints is a hundredth of it. */
export const usualOutputBytes = 4 * 1024 * 1024;

/** Why a node cannot be entered or asked; told beside the node, never the end of a run. */
export class NodeAccessError extends Error {
  readonly reason: UnprobedReason;

  constructor(reason: UnprobedReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
