const phrases =
  'OK|Bad Request|Unauthori[sz]ed|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Proxy Authentication Required|Request Timeout|Gone|Precondition Failed|Unsupported Media Type|Too Many Requests|Unavailable For Legal Reasons|Internal Server Error|Not Implemented|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out|Moved Permanently|Found|Temporary Redirect|Permanent Redirect';

/**
 * How clients introduce a status: `unexpected status from HEAD request to <url>: 403` (containerd),
 * `failed with status code [manifests 1]: 401` (containerd 1.4), `unexpected HTTP status: 502` and
 * `error parsing HTTP 403 response body` (moby), `invalid status code from registry 403 (Forbidden)` and
 * `StatusCode: 404, "…"` (containers/image).
 */
const introduced =
  /(?:(?<!exit )\bstatus(?: ?code)?(?: from registry)?(?: \[[^\]]{0,160}\])?(?: was| is)?|<url>|\berror parsing HTTP|\bHTTP\/[\d.]{1,3}|\bHTTP(?: error)?|\bhttp code|\bresponse code|\breturned(?: a| an| code| error)?|\bstatusCode)["']?[:=,]? ?["'(]?([2-5]\d\d)(?![\d.:/])\b/gi;
const spelled = new RegExp(String.raw`(?<![\d.:/])([2-5]\d\d):? \(?(?:${phrases})\b`, 'gi');

/** The HTTP status that a folded text reports; with several the last, which is the innermost. */
export function statusOf(text: string): number | undefined {
  const found = [...text.matchAll(introduced), ...text.matchAll(spelled)];
  const last = found.toSorted((a, b) => a.index + a[0].length - (b.index + b[0].length)).at(-1)?.[1];
  return last === undefined ? undefined : Number(last);
}
