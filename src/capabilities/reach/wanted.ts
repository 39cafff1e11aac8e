import { tryParseReference, type Reference } from '../../core/image/index.ts';
import { failureClassInfo } from '../../core/knowledge/failures/index.ts';
import type { PullProblem } from '../../core/model/index.ts';

/** An image to ask for. */
export type Wanted = {
  readonly problem: PullProblem;
  readonly reference: Reference;
  /** Digest of a blob that failed, as the runtime told it: to learn another, a manifest would have to be pulled. */
  readonly blob?: string;
  /** What the runtime said about its platform. */
  readonly platform?: string;
};

/** Images whose registries can be asked. */
export function wantedOf(problems: readonly PullProblem[]): readonly Wanted[] {
  return problems.flatMap((problem) => {
    const { diagnosis } = problem.status;
    const reference = tryParseReference(problem.spec.image);
    if (reference === undefined || failureClassInfo[diagnosis.class].nothingToAsk === true) return [];
    const blob = blobOf(problem);
    return [
      {
        problem,
        reference,
        ...(blob === undefined ? {} : { blob }),
        ...(diagnosis.class === 'platform-mismatch' ? { platform: diagnosis.evidence } : {}),
      },
    ];
  });
}

/** In registries' own addresses, in those of distribution's storage, and in CRI-O's words. */
const blobPattern =
  /(?:\/blobs\/|\breading blob |\bblob )sha256:([0-9a-f]{64})|\/blobs\/sha256\/[0-9a-f]{2}\/([0-9a-f]{64})\//;

function blobOf({ status }: PullProblem): string | undefined {
  for (const text of [status.diagnosis.evidence, ...status.failures.map(({ message }) => message)]) {
    const [, plain, stored] = blobPattern.exec(text) ?? [];
    if (plain !== undefined || stored !== undefined) return `sha256:${plain ?? stored}`;
  }
  return undefined;
}
