import { imageOfText } from '../endpoint.ts';
import { unescapeText, withoutColours } from '../normalise.ts';
import { cue, pullReasons } from './cues.ts';
import { Boxed } from './boxed.ts';
import { DescribedObject } from './described.ts';
import { readDocument, readObject } from './document.ts';
import { readConsoleRow, readEventRow } from './event-row.ts';
import { found, objectName, type Found } from './found.ts';
import { KlogBlock } from './klog-block.ts';
import { piecesOf } from './pieces.ts';
import { readLogfmt, readLogLine, readPodEvent, splitPrefix } from './log-line.ts';
import { goodNews } from './pulled.ts';
import { isField, isMoreOf, plainMessage, textOf, waitingFor, type Open } from './plain-text.ts';
import { settingOf, terminal, type Setting } from './terminal.ts';
import { Wrapped } from './wrapped.ts';

/** A document is held as a whole up to this many UTF-16 units; a longer one is read line by line. */
const maxDocument = 32 * 1024 * 1024;
/** Lines of one message; registries send web pages. */
const maxMessageLines = 20;
/** A text of so few lines in no known shape is one message. */
const maxPlainLines = 50;

const documentStart =
  /^(?:[[{]|---|(?:- )?(?:apiVersion|kind|items|metadata|status|spec|count|eventTime|involvedObject):)/;
/** Of a document among other text; objects that fill one line are read as lines. */
const embeddedStart =
  /^(?:[[{]\s*$|(?:- )?(?:apiVersion|kind|items|metadata|status|involvedObject):(?:\s|$))/;
const maxEmbedded = 20_000;
/** UTF-16 units of YAML in one text that are read so; what follows is read line by line. */
const maxAllEmbedded = 256 * 1024;
const podRow = new RegExp(
  String.raw`^(?:([a-z0-9-]{1,63})\s+)?(?:pod\/)?([a-z0-9.-]{1,253})\s+\d+\/\d+\s+[*_]{0,4}(?:Init:)?(${pullReasons})[*_]{0,4}\s`,
);
/** RESTARTS, AGE, IP, NODE of `-o wide`. */
const wideRow =
  /^\s*\d+(?: \([^)]{1,40}\))?\s+\S{1,20}\s+(?:[\da-f.:]{3,45}|<none>)\s+([a-z0-9][\w.-]{0,252})(?=\s|$)/;
/** Of a pane of k9s or of a table with lines, and of a text that is quoted or commented out. */
const border =
  /^(?:\s{0,8}[│┃║] ?(?=\S|\s)|(?:> ?){1,3}(?=\S)|(?:#|\/\/) {1,8}(?=(?:Normal|Warning|Type|----)\s|Events:))/;
const plainHead =
  /^(?:Failed to |Error|rpc error|Back-off |failed to |initializing source|Unable to |Internal error|helm |time=|ERROR: )/;

/**
 * Finds messages about images in what people paste: one message, or the output of kubectl, helm and the logs of a
 * node, line by line. Each message is handed on as soon as it is whole; no more than one document is held.
 */
export class ExcerptReader {
  readonly #hand: (message: Found) => void;
  readonly #described = new DescribedObject();
  /** Lines of a document that is not at its end yet; `undefined` once the text is known to be none. */
  #document: string[] | undefined = [];
  #documentLength = 0;
  /** Lines of a document that stands among other text. */
  #embedded: string[] | undefined;
  #embeddedLength = 0;
  #open: Open | undefined;
  #lines: string[] | undefined = [];
  #plain: Found[] = [];
  #structured = false;
  #setting: Setting = {};
  /** The machine that the line at hand names. */
  #node: string | undefined;
  readonly #boxed = new Boxed((line) => {
    this.#line(line);
  });
  readonly #wrapped = new Wrapped((line) => {
    this.#piece(line);
  });
  readonly #klog = new KlogBlock((line) => {
    this.#wrapped.add(line);
  });

  constructor(hand: (message: Found) => void) {
    this.#hand = hand;
  }

  /** Takes the next line, without its line break. */
  add(coloured: string): void {
    const line = withoutColours(coloured);
    if (this.#document === undefined) this.#boxed.add(line);
    else this.#documentLine(line, this.#document);
  }

  /** The text has ended. */
  end(): void {
    const document = this.#document;
    if (document !== undefined && document.length > 0) {
      const messages = readDocument(document.join('\n'));
      if (messages === undefined) this.#giveUpDocument(document);
      else for (const message of messages) this.#hand(message);
      if (messages !== undefined) return;
    }
    this.#boxed.end();
    this.#endEmbedded();
    this.#endLine();
    this.#close();
    this.#endPlain();
  }

  #documentLine(line: string, document: string[]): void {
    if (document.length === 0) {
      if (line.trim() === '') return;
      if (line.startsWith('#') && !cue.test(line)) {
        // A comment, or the prompt of root.
        this.#set(line);
        return;
      }
      if (!documentStart.test(line) || parseObject(line) !== undefined) {
        this.#document = undefined;
        this.#boxed.add(line);
        return;
      }
    }
    document.push(line);
    this.#documentLength += line.length + 1;
    if (this.#documentLength > maxDocument) this.#giveUpDocument(document);
  }

  #giveUpDocument(document: readonly string[]): void {
    this.#document = undefined;
    for (const line of document) this.#boxed.add(line);
  }

  #line(whole: string): void {
    const line = withoutTime(withoutBorder(whole));
    const lines = this.#embedded;
    if (lines === undefined && embeddedStart.test(line) && this.#embeddedLength < maxAllEmbedded) {
      this.#endLine();
      this.#embedded = [line];
      return;
    }
    if (lines !== undefined && isOfDocument(line, lines)) {
      lines.push(line);
      // JSON is read in no time.
      if (!/^[[{]/.test(lines[0] ?? '')) this.#embeddedLength += line.length + 1;
      if (lines.length > maxEmbedded || this.#embeddedLength > maxAllEmbedded) this.#endEmbedded();
      return;
    }
    this.#endEmbedded();
    this.#plainLine(line);
  }

  /** What was put together so far is whole. */
  #endLine(): void {
    this.#klog.end();
    this.#wrapped.end();
  }

  #plainLine(line: string): void {
    for (const piece of piecesOf(line)) this.#klog.add(piece);
  }

  /** A document among other text is read as one, where it is whole. */
  #endEmbedded(): void {
    const lines = this.#embedded;
    this.#embedded = undefined;
    if (lines === undefined) return;
    const messages = readDocument(lines.join('\n')) ?? [];
    if (messages.length === 0) {
      for (const line of lines) this.#plainLine(line);
      return;
    }
    this.#close();
    this.#structured = true;
    for (const message of messages) this.#emit(message);
  }

  #piece(line: string): void {
    if (this.#lines !== undefined && this.#lines.push(line) > maxPlainLines) this.#lines = undefined;
    const { text, node } = splitPrefix(line);
    this.#node = node;
    this.#set(text);
    const event = readEventRow(line, this.#described.name);
    if (event !== undefined) {
      this.#close();
      this.#structured = true;
      if (event.tells === undefined) this.#open = this.#row(event, line);
      else this.#emit(event);
      return;
    }
    const messages = this.#shaped(line, text);
    if (messages !== undefined) {
      this.#close();
      this.#structured = true;
      for (const message of messages) this.#emit(message);
      return;
    }
    const row = readConsoleRow(line, this.#described.pod);
    if (row !== undefined) {
      this.#close();
      this.#structured = true;
      if (row.tells === undefined) this.#open = this.#row(row, line);
      else this.#emit(row);
      return;
    }
    if (this.#continues(line)) return;
    this.#close();
    const good = goodNews(text.trim(), this.#setting.pulling);
    if (good === undefined) this.#startPlain(text);
    else {
      // What else the text holds stands for itself.
      if (good.tells === 'pulled') this.#structured = true;
      this.#emit(good);
    }
  }

  #row(message: Found, line: string): Open {
    return {
      found: this.#placed(message),
      lines: [message.message],
      widths: [line.length],
      isPlain: false,
    };
  }

  #startPlain(text: string): void {
    // A heading of a page names what the text below it is about.
    if (/^#{2,6} [^"`]{0,200}$/.test(text)) return;
    const isOfPull = this.#setting.pulling !== undefined && text.startsWith('FATA[');
    if (!cue.test(text) && !isOfPull && !plainHead.test(text.trimStart())) return;
    // What one of several registries answered, before podman tries the next.
    if (this.#setting.isTried === true && /^\s{2}\S/.test(text)) {
      this.#emit(found({ message: text.trim(), image: this.#setting.pulling, tells: 'passed-over' }));
      return;
    }
    const message = plainMessage(text);
    this.#open = {
      found: this.#placed(found({ message, ...waitingFor(text) })),
      lines: [message],
      widths: [text.length],
      isPlain: true,
      isField: isField(text),
      pulling: this.#setting.pulling,
    };
  }

  /** What a command or an installer says of the lines after it. */
  #set(text: string): void {
    const setting = settingOf(text);
    if (setting === undefined) return;
    if (setting.pod !== undefined) this.#described.asked(setting.namespace, setting.pod);
    // A machine that is named keeps what it pulls; a new command forgets both.
    this.#setting = setting.node === undefined ? { ...setting, ...this.#ownNode() } : { node: setting.node };
  }

  #ownNode(): Setting {
    const { node } = this.#setting;
    return node === undefined ? {} : { node };
  }

  #emit(message: Found): void {
    if (message.tells === 'scheduled') this.#described.scheduled(message);
    this.#hand(this.#placed(message));
  }

  /** With what the text around the message says of its place. */
  #placed(message: Found): Found {
    const { object, node = this.#node ?? this.#setting.node } = message;
    const own = object === this.#described.name ? this.#described.place.node : undefined;
    const [, kind, name] = /^(\w+) ([^/]+)$/.exec(object ?? '') ?? [];
    const whole = name === undefined ? object : objectName(kind, this.#setting.namespace, name);
    return found({ ...message, object: whole, node: message.node ?? own ?? node });
  }

  /** Messages of a line that has a shape of its own; `undefined` for a line of plain text. */
  #shaped(line: string, text: string): readonly Found[] | undefined {
    if (this.#described.take(line)) return this.#described.waiting(line);
    const row = podRow.exec(line);
    if (row !== null) {
      const [, namespace, name, reason] = row;
      const node = wideRow.exec(line.slice(row[0].length))?.[1];
      return [found({ reason, object: objectName('Pod', namespace, name), node })];
    }
    if (text.startsWith('{')) return readJsonLine(text);
    return readPodEvent(text, this.#described.pod) ?? readLogLine(text);
  }

  /** Registries' answers run over several lines; so do podman's lists. */
  #continues(line: string): boolean {
    const open = this.#open;
    if (open === undefined || line.trim() === '' || open.lines.length >= maxMessageLines) return false;
    if (terminal.test(line) || goodNews(line.trim()) !== undefined) return false;
    const isMore = isMoreOf(open, line);
    if (isMore || (open.isPlain && /^\s*\* /.test(line))) {
      open.lines.push(line);
      open.widths.push(line.length);
      return true;
    }
    return false;
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const text = textOf(open);
    const message = { ...open.found, message: text, ...this.#pulled(open, text) };
    if (open.isPlain && this.#lines !== undefined) this.#plain.push(message);
    else this.#hand(message);
  }

  /** The image of the command that printed a text which names none. */
  #pulled({ isPlain, pulling }: Open, text: string): Pick<Found, 'image'> {
    return isPlain && pulling !== undefined && imageOfText(unescapeText(text)) === undefined
      ? { image: pulling }
      : {};
  }

  /** A short text without any shape is one message, however its lines were broken. */
  #endPlain(): void {
    const lines = this.#lines;
    const isOne = !this.#structured && lines !== undefined && this.#plain.length <= 1;
    const whole = isOne ? lines.join('\n').trim() : '';
    const [first] = this.#plain;
    // What stands before the message is none of it; what stands behind may be, however it was broken.
    const start = first === undefined ? 0 : Math.max(0, whole.indexOf(first.message.split('\n', 1)[0] ?? ''));
    const { pulling } = this.#setting;
    const image =
      first === undefined && imageOfText(unescapeText(whole)) === undefined ? pulling : first?.image;
    if (whole !== '')
      this.#hand({ ...first, ...found({ message: withoutProse(whole.slice(start)), image }) });
    else for (const message of this.#plain) this.#hand(message);
    this.#plain = [];
  }
}

/** What people write below a message in Chinese is none of it. */
function withoutProse(message: string): string {
  const isChinese = /^[^\n]{0,200}\p{Script=Han}/u.test(message);
  const at = isChinese ? -1 : message.search(/\n\s{0,8}\p{Script=Han}/u);
  return at < 0 ? message : message.slice(0, at);
}

function withoutBorder(line: string): string {
  const bare = line.replace(border, '');
  return bare === line ? line : bare.replace(/[│┃║]\s{0,8}$/, '').trimEnd();
}

/** What CI systems and shells put before every line: the time, or GitLab's time and stream. */
const lineTime =
  /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6,7}Z (?:\d\d[OE][ +]?)?|\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z?\] {1,2}|\d\d:\d\d:\d\d(?:\.\d{1,6})? (?!Normal|Warning|[A-Z]{2,5} )|#\d{1,4} (?:\d{1,5}\.\d{1,3} )(?=\S)|#\d{1,4} (?=ERROR))/;

function withoutTime(line: string): string {
  return line.replace(lineTime, '');
}

/** Does this line belong to the document whose lines are given? */
function isOfDocument(line: string, document: readonly string[]): boolean {
  if (terminal.test(line)) return false;
  if (!/^[[{]/.test(document[0] ?? '')) return /^(?:\s|$|-|#|[A-Za-z][\w.-]{0,60}:(?:\s|$))/.test(line);
  const last = document.at(-1) ?? '';
  return document.length === 1 || !/^[\]}]/.test(last);
}

/** A line of a JSON log or of a list of objects; `undefined` for other JSON, such as a registry's answer. */
function readJsonLine(text: string): readonly Found[] | undefined {
  const object = parseObject(text);
  if (
    object === undefined ||
    !['kind', 'msg', 'message', 'reason'].some((key) => Object.hasOwn(object, key))
  ) {
    return undefined;
  }
  const messages = readObject(object);
  if (messages.length > 0 || Object.hasOwn(object, 'kind') || !cue.test(text)) return messages;
  return readLogfmt(Object.fromEntries(Object.entries(object).flatMap(textField)));
}

/** Texts as they are, references to objects as `namespace/name`. */
function textField([key, value]: readonly [string, unknown]): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value !== 'object' || value === null || !('name' in value)) return [];
  const namespace = 'namespace' in value ? String(value.namespace) : '';
  return [[key, `${namespace}/${String(value.name)}`]];
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
