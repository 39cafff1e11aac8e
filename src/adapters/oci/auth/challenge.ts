/** How a registry wants to be asked (RFC 9110 §11.6.1; distribution docs, spec/auth/token.md). */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service: string | undefined };

const tokenPattern = /([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

/**
 * The challenge to answer among those of `WWW-Authenticate`: a bearer token before a password. The scope is left
 * out on purpose: some registries send a placeholder (ghcr.io on `/v2/`).
 */
export function readChallenge(headers: readonly string[]): Challenge | undefined {
  const found = headers.flatMap(readHeader);
  const bearer = found.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
  if (bearer !== undefined) {
    const { parameters } = bearer;
    return { scheme: 'bearer', realm: parameters.get('realm') ?? '', service: parameters.get('service') };
  }
  return found.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : undefined;
}

type Written = { readonly scheme: string; readonly parameters: Map<string, string> };

function readHeader(header: string): readonly Written[] {
  const challenges: Written[] = [];
  for (const [, word = '', quoted, plain] of header.matchAll(tokenPattern)) {
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain;
    if (value === undefined) challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(word.toLowerCase(), value);
  }
  return challenges;
}
