/** What stands where a secret was. */
const hidden = '***';

type Secret = { readonly pattern: RegExp; readonly replacement: string };

// Every pattern starts at a literal that cannot overlap itself, so that the time stays linear in the length.
const secrets: readonly Secret[] = [
  // PEM private keys, also with escaped line breaks.
  {
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
    replacement: `-----PRIVATE KEY ${hidden}-----`,
  },
  // user:password@ of URLs, but not the digest of docker://name@sha256:…
  { pattern: /:\/\/[^\s/"'<>]*@(?!sha(?:256|384|512):)/g, replacement: `://${hidden}@` },
  // The same before the host of an image, where no scheme stands; not `name:tag@sha256:…`.
  {
    pattern: /(?<![\w/@.:%+-])[\w.+-]{1,64}:[^\s/@:"'<>(){}[\],]{1,256}@(?!sha(?:256|384|512):)(?=[\w[])/g,
    replacement: `${hidden}@`,
  },
  // The same behind a part of a path, where a host and a path follow.
  {
    pattern:
      /(?<=\/)[\w.+-]{1,64}:[^\s/@:"'<>(){}[\],]{1,256}@(?!sha(?:256|384|512):)(?=[\w[][\w.:\]-]{0,253}\/)/g,
    replacement: `${hidden}@`,
  },
  // A header that says how it proves itself holds what it proves it with, however short.
  {
    pattern: /\b(authorization["']?\s?[:=]\s?\[?["']?(?:basic|bearer|digest|negotiate|ntlm) )[^\s"'\]]+/gi,
    replacement: `$1${hidden}`,
  },
  // Authorization and registry-auth headers, as headers and as JSON or Go maps print them; not the words
  // "may require authorization: server message: …".
  {
    pattern:
      /\b((?:authorization|x-registry-auth|x-registry-config|(?:set-)?cookie)["']?\s?[:=]\s?\[?["']?)(?:(?:basic|bearer|digest|negotiate|ntlm|token) )?[\w.~+/=;%-]{12,}/gi,
    replacement: `$1${hidden}`,
  },
  { pattern: /\b(bearer|basic)[ \t]+[\w.~+/-]{8,}=*/gi, replacement: `$1 ${hidden}` },
  // Signatures and tokens in query strings: S3, GCS, Azure, CloudFront, Cloudflare (`verify`), OAuth.
  {
    pattern:
      /([?&](?:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|awsaccesskeyid|googleaccessid|signature|sig|policy|key-pair-id|verify|hdnts|token|access_token|refresh_token|id_token|account|password|secret|api_?key|auth_key)(?:=|%3d))[^&\s"'<>]*/gi,
    replacement: `$1${hidden}`,
  },
  // Fields of docker config files, token answers and secrets.
  {
    pattern:
      /(\\?["'](?:auth|password|passwd|secret|token|identitytoken|registrytoken|access_?token|refresh_?token|id_?token|\.dockerconfigjson|\.dockercfg)\\?["']\s{0,4}:\s{0,4}\\?["'])[^"'\\]*/gi,
    replacement: `$1${hidden}`,
  },
  // Flags and assignments; not the prose "incorrect username or password …".
  {
    pattern:
      /((?:--(?:docker-|registry-)?(?:password|passwd)[= ]|\b(?:password|passwd|token|secret|credential|signature|sig|api_?key)=))(?!stdin\b)[^\s"'&]+/gi,
    replacement: `$1${hidden}`,
  },
  // `password: …` as YAML and logs have it; not the prose "incorrect username or password: access denied".
  {
    pattern:
      /(?<!\b(?:or|and|the|your|no|bad|wrong|invalid|incorrect) )\b((?:password|passwd|passphrase)\\?["']?:[ \t]{1,4}\\?["']?)[^\s"'\\,}]+/gi,
    replacement: `$1${hidden}`,
  },
  // JSON web tokens.
  { pattern: /(?<![\w-])eyJ[\w-]*\.[\w-]*\.[\w-]*/g, replacement: hidden },
  // Tokens with a known prefix: GitHub, GitLab, Docker Hub, npm, Slack, AWS keys.
  {
    pattern:
      /(?<![\w-])(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|gldt-[\w-]{16,}|dckr_(?:pat|oat)_[\w-]{16,}|npm_\w{20,}|xox[abp]-[\w-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16})/g,
    replacement: hidden,
  },
];

/** Something of this stands in every secret that is known; most texts have nothing of it. */
const hint =
  /@|PRIVATE KEY|bearer|basic|authorization|x-registry|cookie|[?&][\w-]+(?:=|%3d)|auth\\?["']|passw|passphrase|secret|token|docker(?:config|cfg)|credential|signature|sig=|api_?key|eyJ|gh[pousr]_|github_pat_|gl(?:pat|dt)-|dckr_|npm_|xox[abp]-|AKIA|ASIA/i;

/**
 * The text without passwords, tokens, signatures and private keys; the one place where secrets are removed from
 * foreign text before it is shown or saved. Linear in the length of the text.
 */
export function redact(text: string): string {
  if (!hint.test(text)) return text;
  return secrets.reduce((rest, { pattern, replacement }) => rest.replace(pattern, replacement), text);
}

/** The same data with every text in it redacted; what is no plain data (an error, a date) stays. */
export function redactAll<T>(value: T): T {
  return redacted(value) as T;
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (value === null || typeof value !== 'object' || value instanceof Error || 'toJSON' in value)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, redacted(part)]));
}
