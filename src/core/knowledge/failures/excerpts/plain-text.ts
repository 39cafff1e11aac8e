import { cue } from './cues.ts';
import { objectName, type Found } from './found.ts';
import { unquote } from './log-line.ts';

/** A message whose end has not been seen yet. */
export type Open = {
  readonly found: Found;
  readonly lines: string[];
  /** How long each line was as it was pasted: all of one length were broken by a terminal. */
  readonly widths: number[];
  readonly isPlain: boolean;
  /** The message is the value of a field. */
  readonly isField?: boolean;
  readonly pulling?: string | undefined;
};

/** How the kubelet's own messages begin (pkg/kubelet/images/image_manager.go). */
const kubeletHead =
  /(?:Failed to pull image "|Back-off pulling image "|Error: (?:ErrImagePull|ImagePullBackOff)$)/;

/** The next field of a document that was cut. */
const nextField = /^(?:\S|\s{0,40}(?:- )?"?[A-Za-z]\w{0,60}"?:(?:\s|$)|\s{0,40}[}\]])/;
const messageField = /^\s*(?:- )?"?(?:message|note)"?:\s+(.*?),?\s*$/s;

/** Is the text the message field of a document that was cut? */
export function isField(text: string): boolean {
  return messageField.test(text);
}

/** `message: …` and `"message": "…",` of a document that was cut. */
export function plainMessage(text: string): string {
  const field = messageField.exec(text)?.[1];
  // A column of a table that the reader does not know.
  if (field === undefined) return text.slice(Math.max(0, text.search(kubeletHead))).trim();
  return field.startsWith('"')
    ? unquote(field.replace(/^"|"$/g, ''))
    : field.replace(/^'|'$/g, '').replaceAll("''", "'");
}

const openWrapper = /(?:["'\w\]]:|\b(?:image|reference|ref)(?: \\?"[^"]{1,512}")?)\s*$/;
const openBracket = /\((?=[a-z])[^()]{1,400}$|\\"[^"\\]{1,400}$/;
const innerError = /^\s*(?:[a-z"]|\\"|Error response from daemon: )/;
/** Fewer letters fit every terminal. */
const narrowest = 60;

/** The text of a message: a terminal breaks at its last column, in the middle of words. */
export function textOf({ lines, widths, isPlain }: Open): string {
  const [width = 0, ...rest] = widths.slice(0, -1);
  const isHard = !isPlain && width >= narrowest && rest.length > 0 && rest.every((one) => one === width);
  return lines.join(isHard ? '' : '\n');
}

/** Does the line go on with the message? */
export function isMoreOf({ isPlain, isField, lines }: Open, line: string): boolean {
  if (isField === true) return !nextField.test(line);
  if (!isPlain) return !/^[A-Z][\w ]{1,40}:(?:\s|$)/.test(line);
  // The wrapper of an error, broken after its colon, around the name or inside brackets.
  const last = lines.at(-1) ?? '';
  if ((openWrapper.test(last) || openBracket.test(last)) && innerError.test(line)) return true;
  const text = line.trimStart();
  return /^[\s*{<]/.test(line) && !cue.test(text.slice(0, 40)) && !/^(?:Error|ERROR): /.test(text);
}

/** `kubectl logs` of a container that has none yet, and what repeats it. */
export function waitingFor(text: string): Pick<Partial<Found>, 'object' | 'container'> {
  const [, container, pod] = /\bcontainer "([a-z0-9-]{1,63})" in pod "([a-z0-9.-]{1,253})"/.exec(text) ?? [];
  const object = objectName('Pod', undefined, pod);
  return { ...(object !== undefined && { object }), ...(container !== undefined && { container }) };
}
