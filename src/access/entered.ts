import type { NodeShell } from '../adapters/node/index.ts';

/** Nodes that were left a moment ago: entering one takes seconds, and the next step is often about the same nodes. */
export type EnteredNodes = {
  /** One that nobody is on; whoever takes it gives it back or closes it. */
  readonly take: (node: string) => NodeShell | undefined;
  readonly giveBack: (node: string, shell: NodeShell) => void;
  readonly close: () => Promise<void>;
};

/** A debug pod is not left on a node while somebody reads a plan. */
const idleMs = 10_000;

export function enteredNodes(keptMs = idleMs): EnteredNodes {
  const free = new Map<string, { readonly shell: NodeShell; readonly timer: NodeJS.Timeout }[]>();
  const closing = new Set<Promise<void>>();
  let isClosed = false;
  const leave = (shell: NodeShell): void => {
    const left = shell.close().finally(() => closing.delete(left));
    closing.add(left);
  };
  return {
    take: (node) => {
      const one = free.get(node)?.pop();
      clearTimeout(one?.timer);
      return one?.shell;
    },
    giveBack: (node, shell) => {
      if (isClosed) return leave(shell);
      const list = free.get(node) ?? [];
      free.set(node, list);
      const timer = setTimeout(() => {
        list.splice(list.indexOf(kept), 1);
        leave(shell);
      }, keptMs);
      timer.unref();
      const kept = { shell, timer };
      list.push(kept);
    },
    close: async () => {
      isClosed = true;
      for (const { shell, timer } of [...free.values()].flat()) {
        clearTimeout(timer);
        leave(shell);
      }
      free.clear();
      await Promise.allSettled(closing);
    },
  };
}
