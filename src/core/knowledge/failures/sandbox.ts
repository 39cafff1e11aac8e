/** A sandbox that failed for its pause image. */
export type SandboxFailure = {
  /** The pause image that the runtime is configured with, when the text names it. */
  readonly image?: string;
  /** The text of the pull inside. */
  readonly cause: string;
};

/**
 * `failed to get sandbox image "x": …` (containerd 1.x sandbox_run.go, 2.x podsandbox/sandbox_run.go),
 * `failed pulling image "x": …` and `unable to pull image for the sandbox container: …` (dockershim and cri-dockerd,
 * core/sandbox_helpers.go), `initializing source docker://x` or `pulling pause image` (CRI-O).
 */
const sandboxPulls: readonly RegExp[] = [
  /\bfailed to get sandbox image "([^"]{1,512})": ?/,
  /\bfailed pulling image "([^"]{1,512})": ?/,
  /\bfailed to inspect sandbox image "([^"\\]{1,512})\\?"{1,2}: ?/,
  /\bfailed to (?:pull|ensure|get) (?:sandbox|pause) image "?([^\s":]{1,400}(?::[\w.-]+)?)"?:? ?/i,
  /\bunable to pull (?:image for the sandbox container|sandbox image "?([^\s"]{1,400})"?):? ?/i,
  /\b(?:pulling|getting) (?:infra|pause) (?:container )?image "?([^\s":]{1,400}(?::[\w.-]+)?)"?:? ?/i,
];

/** A sandbox failed; by itself this says nothing about an image. */
export const sandboxPlace =
  /\bFailed (?:to )?create pod sandbox\b|\bFailedCreatePodSandBox\b|\bCreatePodSandbox\b|\bRunPodSandbox\b|\bpod sandbox\b|\bfor the sandbox container\b/i;
const anyPull =
  /\bfailed to (?:pull|inspect) (?:image )?"([^"]{1,512})": ?|\binitializing source docker:\/\/(\S{1,400}?): /i;

/** The pause image and its pull's text, when the text is about a sandbox's image. */
export function splitSandbox(lines: string): SandboxFailure | undefined {
  const text = lines.replaceAll(/\s+/g, ' ');
  for (const pattern of sandboxPulls) {
    const found = pattern.exec(text);
    if (found !== null) return failureAt(text, found, anyPull.exec(text.slice(found.index)));
  }
  const found = sandboxPlace.test(text) ? anyPull.exec(text) : null;
  return found === null ? undefined : failureAt(text, found, null);
}

function failureAt(text: string, found: RegExpExecArray, inside: RegExpExecArray | null): SandboxFailure {
  const image = found[1] ?? found[2] ?? inside?.[1] ?? inside?.[2];
  return { cause: text.slice(found.index + found[0].length), ...(image !== undefined && { image }) };
}
