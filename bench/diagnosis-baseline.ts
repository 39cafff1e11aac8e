/**
 * The idea of the only classifier in the field (robusta's image pull playbook), for comparison: it reads Events that
 * start with `rpc error: code = Unknown` or `NotFound` and tells three classes apart. Written anew from a description.
 */
const readable = /^rpc error: code = (?:Unknown|NotFound) desc = (.*)$/s;

const classes: readonly (readonly [string, RegExp])[] = [
  // `no such host` counts as an absent image there.
  ['not-found', /manifest unknown|: not found$|repository .* not found|no such host/],
  ['unauthorized', /pull access denied|requested access to the resource is denied|insufficient_scope/],
  ['connect-timeout', /Timeout exceeded while awaiting headers|context deadline exceeded/],
];

/** The class that three-class rules give, in our names; `unknown` for all else. */
export function baselineClass(message: string): string {
  const event = message.replace(/^Failed to pull image "[^"]*": /, '');
  const cause = readable.exec(event)?.[1];
  if (cause === undefined) return 'unknown';
  return classes.find(([, pattern]) => pattern.test(cause))?.[0] ?? 'unknown';
}
