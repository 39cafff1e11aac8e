import type { UnprobedReason, Vantage } from '../../core/model/index.ts';

/** What a script printed. */
export type ShellResult = { readonly stdout: string; readonly stderr: string; readonly exit: number };

/** A root shell on a node, in the namespaces of its host. Close it at the end. */
export type NodeShell = {
  readonly access: NonNullable<Vantage['access']>;
  /** Runs a POSIX shell script with the host's own programs; it is sent through standard input, never logged. */
  run(script: string): Promise<ShellResult>;
  close(): Promise<void>;
};

/** Why a node cannot be entered or asked; told beside the node, never the end of a run. */
export class NodeAccessError extends Error {
  readonly reason: UnprobedReason;

  constructor(reason: UnprobedReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
