import { PullmendError, reasonOf, redact } from '../../core/base/index.ts';
import { ChildLimitError, runChild, type ChildResult } from '../process/index.ts';

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
    const args = [verb, ...helm, folder];
    const tool = [program, verb, ...helm].join(' ');
    const fail = (reason: string, cause?: unknown) =>
      new PullmendError('PM_KUSTOMIZE_FAILED', { folder, tool, reason }, { cause });
    let result: ChildResult;
    try {
      result = await runChild({ path: program, args, env, signal, timeoutMs, maxOutputBytes });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
      throw fail(limitIn(error) ?? reasonOf(error), error);
    }
    if (result.exit !== 0) throw fail(reasonIn(result.stderr));
    return result.stdout;
  }
  throw new PullmendError('PM_KUSTOMIZE_MISSING', {});
}

/** The helm that pullmend itself takes. */
function helmCommand({ PULLMEND_HELM }: BuildOptions['env']): readonly string[] {
  return PULLMEND_HELM === undefined || PULLMEND_HELM === '' ? [] : ['--helm-command', PULLMEND_HELM];
}

function limitIn(error: unknown): string | undefined {
  if (!(error instanceof ChildLimitError)) return undefined;
  return error.limit === 'time'
    ? `it took more than ${timeoutMs / 1000} s`
    : `it makes more than ${maxOutputBytes / 1024 / 1024} MiB`;
}

function reasonIn(written: string): string {
  // kubectl logs its errors with klog: `E1123 23:09:07.2 22760 run.go:72] "command failed" err="…"`.
  const logged = /err="((?:[^"\\]|\\.)*)"/.exec(written)?.[1]?.replaceAll('\\"', '"').replaceAll('\\n', ' ');
  const plain = written.trim().replace(/^Error: /, '') || 'it gave no reason';
  return redact((logged ?? plain).slice(0, maxReason));
}
