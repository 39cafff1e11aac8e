import { spawn } from 'node:child_process';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { helmFailure } from './failure.ts';

/** The largest charts render in some seconds; a registry on a slow line takes longer to give one. */
const timeoutMs = 5 * 60_000;
/** The largest renders known, with all CRDs, are some 10 MB. */
const maxOutputBytes = 128 * 1024 * 1024;
/** Helm repeats itself in errors; the beginning says it. */
const maxErrorBytes = 64 * 1024;

export type HelmCommand = {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
};

/** Runs helm to its end, and gives what it wrote. Throws PM_HELM_FAILED, PM_HELM_TIMEOUT, PM_HELM_OUTPUT. */
export async function runHelm({ path, args, env, input, signal }: HelmCommand): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = spawn(path, args, { env, stdio: ['pipe', 'pipe', 'pipe'], signal });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let [outBytes, errBytes] = [0, 0];
    let stopped: PullmendError | undefined;
    const stop = (error: PullmendError): void => {
      stopped ??= error;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(
      () => stop(new PullmendError('PM_HELM_TIMEOUT', { command: args[0] ?? '', seconds: timeoutMs / 1000 })),
      timeoutMs,
    );
    child.stdout.on('data', (chunk: Buffer) => {
      outBytes += chunk.length;
      if (outBytes > maxOutputBytes) {
        stop(
          new PullmendError('PM_HELM_OUTPUT', {
            command: args[0] ?? '',
            megabytes: maxOutputBytes / 2 ** 20,
          }),
        );
      } else out.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errBytes += chunk.length;
      if (errBytes <= maxErrorBytes) err.push(chunk);
    });
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(
        new PullmendError('PM_HELM_FAILED', { command: args[0] ?? '', reason: reasonOf(cause) }, { cause }),
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (stopped !== undefined) reject(stopped);
      else if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(helmFailure(args[0] ?? '', Buffer.concat(err).toString('utf8')));
    });
    // Helm that fails early does not read its values.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}
