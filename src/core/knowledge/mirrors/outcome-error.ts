import { PullmendError, type ErrorCode } from '../../base/index.ts';
import type { ProbeOutcome } from '../../model/index.ts';

/** The error that a person sees for each way in which a registry can fail. */
const codes = {
  absent: 'PM_REGISTRY_ABSENT',
  unauthorized: 'PM_REGISTRY_UNAUTHORIZED',
  forbidden: 'PM_REGISTRY_FORBIDDEN',
  'rate-limited': 'PM_REGISTRY_RATE_LIMITED',
  'not-a-registry': 'PM_MIRROR_NOT_A_REGISTRY',
  'platform-missing': 'PM_REGISTRY_PLATFORM_MISSING',
  'digest-mismatch': 'PM_REGISTRY_DIGEST_MISMATCH',
  unreachable: 'PM_REGISTRY_UNREACHABLE',
  'server-error': 'PM_REGISTRY_SERVER_ERROR',
  tls: 'PM_TLS_UNTRUSTED',
} as const satisfies Record<Exclude<ProbeOutcome, 'works'>, ErrorCode>;

export type RegistryFailure = keyof typeof codes;

/** What is known about a failed request. */
export type FailureFacts = {
  /** The mirror's name, or the registry's host. */
  readonly who: string;
  /** The request and its answer, without secrets. */
  readonly detail: string;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
};

/** The error for an outcome; its `where` is the request and the answer. */
export function outcomeError(outcome: RegistryFailure, facts: FailureFacts): PullmendError {
  const { who, detail, retryAfter, cause } = facts;
  return new PullmendError(
    codes[outcome],
    { who, ...(retryAfter !== undefined && { retryAfter }) },
    { where: detail, cause },
  );
}

/** The outcome that an error stands for; `undefined` for an error that no registry caused. */
export function outcomeOf(error: unknown): RegistryFailure | undefined {
  if (!(error instanceof PullmendError)) return undefined;
  // An image that nothing can use any more is as good as none.
  if (error.code === 'PM_IMAGE_SCHEMA1') return 'not-a-registry';
  return failures.find((outcome) => codes[outcome] === error.code);
}

const failures = Object.keys(codes) as RegistryFailure[];
