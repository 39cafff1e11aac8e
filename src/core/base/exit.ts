/** Exit codes of the command, documented in docs/reference/exit-codes.md. */
export const exitCode = {
  done: 0,
  nothingDone: 1,
  usage: 2,
  failuresLeft: 3,
  noAccess: 4,
  rolledBack: 5,
  nodeTooOld: 64,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
