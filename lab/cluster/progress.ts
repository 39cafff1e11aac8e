/** On a terminal the running step is redrawn this often, elsewhere a sign of life is printed now and then. */
const TERMINAL_TICK_MS = 1000;
const PLAIN_TICK_MS = 30_000;

/** Says on stderr what the lab does, each line with the time since the start. */
export type Progress = {
  readonly say: (text: string) => void;
  /** Runs long work under one line that shows its own running time. */
  readonly during: <T>(text: string, work: () => Promise<T>) => Promise<T>;
};

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const start = performance.now();
  const line = (text: string): string => `[${seconds(performance.now() - start).padStart(7)}] ${text}`;

  async function during<T>(text: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const status = (): string => line(`${text} ${seconds(performance.now() - began)}`);
    stream.write(stream.isTTY ? line(`${text} …`) : `${line(`${text} …`)}\n`);
    const ticker = setInterval(
      () => stream.write(stream.isTTY ? `\r${status()}` : `${status()}\n`),
      stream.isTTY ? TERMINAL_TICK_MS : PLAIN_TICK_MS,
    );
    try {
      return await work();
    } finally {
      clearInterval(ticker);
      stream.write(stream.isTTY ? `\r${status()}\n` : `${status()}\n`);
    }
  }

  return { say: (text) => stream.write(`${line(text)}\n`), during };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
