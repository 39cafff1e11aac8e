/** What clients put around the error of the pull; it repeats the image and says nothing of the cause. */
const wrappers =
  /^(?:(?:Error|FATA\[\d{1,6}\]|Failed to pull image "[^"]{1,512}"|rpc error: code = \w{1,30} desc =|(?:failed to )?pull(?:ing)? and unpack(?:ing)? image "[^"]{1,512}"|(?:failed to )?(?:resolve|pull)(?:ing)? (?:reference|image)? ?"[^"]{1,512}"|pulling image|initializing source docker:\/\/\S{1,512}|Error response from daemon|failed to do request|failed to (?:copy|authorize)):? ){1,12}/;
/** Of a text that is still too long, as much of its beginning is kept; the innermost error stands at the end. */
const headShare = 1 / 3;

/** At most `most` letters of the text: boilerplate goes first, the innermost error stays. One line. */
export function shortEvidence(text: string, most: number): string {
  // Logs quote what they quote.
  const line = text
    .replaceAll(/\\{1,8}"/g, '"')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= most) return line;
  const inner = `… ${line.replace(wrappers, '')}`;
  if (inner.length <= most) return inner;
  const head = Math.floor(most * headShare);
  return `${inner.slice(0, head)} … ${inner.slice(inner.length - (most - head - 3))}`;
}
