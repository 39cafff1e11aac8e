/** UTF-16 units of a line that are read at a time; a real message ends long before. */
const maxPiece = 64 * 1024;
/** Shorter lines are what people and programs write. */
const longLine = 1024;
/** Encoded data: no URL, path or dump of a container has so many of these in a row. */
const data = /[A-Za-z0-9+/_-]{512,}={0,2}/g;
/** Of the data that much stays with the text before and after it: their first and last word may be glued to it. */
const glued = 64;
/** How lines begin that tell of images: what is glued to data in front of it starts here. */
const heads =
  /Failed to |failed to |Error|Back-off |rpc error|time="|level=|Warning |\{"|[IWEF]\d{4} \d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:/;

const imageError = /(?=\[(?:ERROR|WARNING) ImagePull\])/;

/**
 * The parts of a line that can hold a message: almost always the line itself. Data in a log whose line break is
 * missing is left out, what stands before and after it is read; a line beyond any measure is read in parts.
 */
export function piecesOf(line: string): readonly string[] {
  // kubeadm's errors, in a list that a program printed on one line.
  const [head = '', ...errors] = line.includes(' ImagePull]') ? line.split(imageError) : [];
  return errors.length > 1 ? [head, ...errors].flatMap(piecesOfLine) : piecesOfLine(line);
}

/** Rows of Events that stand on one line, as a page's text has them. */
const eventHead =
  /(?=(?:Normal|Warning) {1,40}(?:Scheduled|Pulling|Pulled|Created|Started|Failed|BackOff|InspectFailed|FailedCreatePodSandBox) )/;

function piecesOfLine(line: string): readonly string[] {
  const rows = line.startsWith('{') ? [] : line.split(eventHead);
  return rows.length > 2 ? rows.flatMap(piecesOfRow) : piecesOfRow(line);
}

function piecesOfRow(line: string): readonly string[] {
  // An object of a JSON log ends where its line ends.
  if (line.length <= longLine || line.startsWith('{')) return [line];
  const pieces: string[] = [];
  let rest = 0;
  for (const run of line.matchAll(data)) {
    const end = run.index + run[0].length;
    pieces.push(unglued(line.slice(rest, run.index + glued), rest));
    rest = end - glued;
  }
  if (pieces.length === 0 && line.length <= maxPiece) return [line];
  pieces.push(unglued(line.slice(rest), rest));
  return pieces.flatMap(parts);
}

/** Without the end of the data before it. */
function unglued(piece: string, start: number): string {
  const head = start === 0 ? 0 : piece.slice(0, 2 * glued).search(heads);
  return head > 0 ? piece.slice(head) : piece;
}

function parts(piece: string): readonly string[] {
  const count = Math.ceil(piece.length / maxPiece);
  return Array.from({ length: count }, (_, index) => piece.slice(index * maxPiece, (index + 1) * maxPiece));
}
