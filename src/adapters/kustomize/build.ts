import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PullmendError, redact } from '../../core/base/index.ts';

/** Remote bases are cloned with git; on a slow line that takes minutes. */
const timeoutMs = 5 * 60_000;
/** The largest builds known, with all CRDs, are some 10 MB. */
const maxOutputBytes = 128 * 1024 * 1024;
/** Longest part of the tool's complaint that is shown. */
const maxReason = 2000;

const tools = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
] as const;

const run = promisify(execFile);

export type BuildOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** May it start helm, for the charts that kustomizations name. */
  readonly enableHelm?: boolean;
};

/**
 * What `kustomize build FOLDER` makes, or `kubectl kustomize FOLDER` where that is not found on the PATH. Errors:
 * PM_KUSTOMIZE_MISSING, PM_KUSTOMIZE_FAILED.
 */
export async function buildKustomization(
  folder: string,
  { env, signal, enableHelm = false }: BuildOptions,
): Promise<string> {
  const helm = enableHelm ? ['--enable-helm', ...helmCommand(env)] : [];
  for (const [program, verb] of tools) {
    try {
      const options = { env, signal, timeout: timeoutMs, maxBuffer: maxOutputBytes };
      return (await run(program, [verb, ...helm, folder], options)).stdout;
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      if (codeOf(error) === 'ENOENT') continue;
      throw new PullmendError(
        'PM_KUSTOMIZE_FAILED',
        { folder, tool: [program, verb, ...helm].join(' '), reason: reasonIn(error) },
        { cause: error },
      );
    }
  }
  throw new PullmendError('PM_KUSTOMIZE_MISSING', {});
}

/** The helm that pullmend itself takes. */
function helmCommand({ PULLMEND_HELM }: BuildOptions['env']): readonly string[] {
  return PULLMEND_HELM === undefined || PULLMEND_HELM === '' ? [] : ['--helm-command', PULLMEND_HELM];
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function reasonIn(error: unknown): string {
  if (codeOf(error) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return `it makes more than ${maxOutputBytes / 1024 / 1024} MiB`;
  }
  if (error instanceof Error && 'killed' in error && error.killed === true) {
    return `it took more than ${timeoutMs / 1000} s`;
  }
  const written = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  // kubectl logs its errors with klog: `E1123 23:09:07.2 22760 run.go:72] "command failed" err="…"`.
  const logged = /err="((?:[^"\\]|\\.)*)"/.exec(written)?.[1]?.replaceAll('\\"', '"').replaceAll('\\n', ' ');
  const plain = written.trim().replace(/^Error: /, '') || 'it gave no reason';
  return redact((logged ?? plain).slice(0, maxReason));
}
