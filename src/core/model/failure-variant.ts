/** What a text tells beyond its class, where another remedy comes first; words and remedies in core/knowledge/failures. */
export const failureVariants = [
  'no-credentials',
  'credentials-refused',
  'stale-credentials',
  'no-such-official-image',
  'secret-only-named',
  'refused-by-mirror',
  'name-on-mirror',
  'http-to-tls-port',
  'cri-config',
  'localhost-registry',
  'service-name',
] as const;

export type FailureVariant = (typeof failureVariants)[number];
