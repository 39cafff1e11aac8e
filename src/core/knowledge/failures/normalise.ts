import { withoutCallers } from './callers.ts';

/** Bytes of a message that are read. Real ones end below 4 KiB; longer ones hold a web page or are hostile. */
const maxText = 16 * 1024;
/** Of a longer text the head (wrappers, endpoint) and the tail (innermost cause) are kept. */
const headLength = 12 * 1024;
/** Credentials or registries of one aggregate that are read; the rest says nothing new. */
const maxParts = 32;

/** One text in the shape that rules match against. */
export type Clause = {
  /** With URLs, for the endpoint. */
  readonly full: string;
  /**
   * One line without what callers put around it; URLs are `<url>`, quoted image names `<image>`, so that no name can
   * look like a cause.
   */
  readonly text: string;
};

/** At most `maxText` of the text, without control characters. */
export function bounded(text: string): string {
  const short =
    text.length <= maxText
      ? text
      : `${text.slice(0, headLength)} … ${text.slice(text.length - (maxText - headLength))}`;
  // Escape sequences of terminals, then what else is not text.
  // oxlint-disable-next-line no-control-regex
  return withoutColours(short).replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, ' ');
}

/** Without escape sequences of terminals. */
export function withoutColours(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001B\[[0-9;]{0,16}[A-Za-z]/g, '');
}

/** A name in quotes that a terminal broke. */
const brokenName = /\b(image|reference|ref)\s{1,80}"([^"\s]{1,256})[ \t]{0,200}\n\s{0,80}([^"\s]{1,256})"/g;

/** Undoes the quoting of logs and JSON: `\"`, `\\\"`, `\n`, `\u003c`; and names that were broken. */
export function unescapeText(text: string): string {
  return text
    .replaceAll(brokenName, '$1 "$2$3"')
    .replaceAll(/\\{1,32}(["'])/g, '$1')
    .replaceAll(/\\{1,32}[nr](?![a-z])/g, '\n')
    .replaceAll(/\\{1,32}t(?=[*\s-])/g, ' ')
    .replaceAll(/\\{1,32}u003c/gi, '<')
    .replaceAll(/\\{1,32}u003e/gi, '>')
    .replaceAll(/\\{1,32}u0026/gi, '&')
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'");
}

/**
 * The parts of an aggregate, each a cause of its own: one per credential (`[e1, e2]`, kubelet
 * pkg/kubelet/kuberuntime/kuberuntime_image.go), one per registry (podman's `2 errors occurred while pulling:`),
 * primary and mirrors (`(Mirrors also failed: [m: e]): ref: e`, containers/image docker/docker_image_src.go; the
 * mirrors are left out), image and artifact (`pull image err: A; artifact err: B`, CRI-O; A only).
 */
export function splitAggregate(text: string): readonly string[] {
  const registries = splitRegistries(text);
  return registries.length > 1 ? registries : splitCredentials(primaryOf(text));
}

/** What each of several registries answered of which any would have done; empty when only one was asked. */
export function splitRegistries(text: string): readonly string[] {
  const primary = primaryOf(text);
  const found =
    /\b(?:\d{1,3} errors? occurred while pulling|failures happened while trying to pull image .{1,300}):/.exec(
      primary,
    );
  if (found === null) return [];
  return primary
    .slice(found.index + found[0].length)
    .split(/(?:^|\n|\s)\s?\* /, maxParts)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Causes that `(Mirrors also failed: …)` reports for the mirrors. */
export function mirrorCauses(text: string): readonly string[] {
  const found = mirrorsBlock(text);
  return found === undefined
    ? []
    : found.block.split(/\]\s*,?\s*\[/, maxParts).map((part) => part.replace(/^\[/, ''));
}

/** Folds a part into the one line that rules match. */
export function clause(part: string): Clause {
  const full = part.replaceAll(/\s+/g, ' ').trim();
  const text = full
    .replaceAll(/\bhttps?:\/\/[^\s"'<>\\]+/gi, maskUrl)
    .replaceAll(/\bdocker:\/\/[^\s"'<>\\,]+/gi, maskUrl)
    .replaceAll(/\b((?:images?|reference|ref|tag|snapshot|container) )"[^"]{0,512}"/gi, '$1"<image>"')
    .replaceAll(/\b(in|from) ((?:[\w-]+\.)+[\w-]+(?::\d+)?\/[\w./-]+)/g, '$1 <image>');
  return { full, text: withoutCallers(text) };
}

function maskUrl(url: string): string {
  return `<url>${/[:,.;)\]]*$/.exec(url)?.[0] ?? ''}`;
}

function imageOfImageOrArtifact(text: string): string {
  const found = text.indexOf('pull image err: ');
  if (found < 0) return text;
  const rest = text.slice(found + 'pull image err: '.length);
  const artifact = rest.indexOf('; artifact err: ');
  return artifact < 0 ? rest : rest.slice(0, artifact);
}

function mirrorsBlock(text: string): { readonly block: string; readonly rest: string } | undefined {
  const opening = '(Mirrors also failed: ';
  const start = text.indexOf(opening);
  if (start < 0) return undefined;
  const end = text.lastIndexOf(']): ');
  if (end < start) return undefined;
  return { block: text.slice(start + opening.length, end), rest: text.slice(end + 4) };
}

function primaryOf(text: string): string {
  const image = imageOfImageOrArtifact(text);
  return mirrorsBlock(image)?.rest ?? image;
}

function splitCredentials(text: string): readonly string[] {
  const start = text.search(
    /\[(?=rpc error: |failed to |Error |initializing source |unable to |reading manifest |pull )/i,
  );
  const end = text.lastIndexOf(']');
  // Only what wraps an aggregate may stand before it: `Failed to pull image "x": [`.
  if (start < 0 || end < start || !/^$|[:"'=]\s?$/.test(text.slice(0, start))) return [text];
  const parts = text
    .slice(start + 1, end)
    .split(
      /, (?=rpc error: code = |failed to (?:pull and unpack|resolve|authorize|copy) |Error response from daemon: |initializing source |reading manifest |unable to )/,
      maxParts,
    );
  return parts.length > 1 ? parts : [text];
}
