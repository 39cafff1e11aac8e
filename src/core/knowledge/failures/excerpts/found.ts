/** A message that an excerpt holds, with what the excerpt says around it. */
export type Found = {
  /** Empty when only the reason is told, as in `kubectl get pods`. */
  readonly message: string;
  /** Waiting reason or Event reason. */
  readonly reason?: string;
  readonly image?: string;
  /** `Pod shop/web-1`; without the kind when the text does not tell it. */
  readonly object?: string;
  readonly container?: string;
  readonly node?: string;
  /** A pull secret that the text names. */
  readonly secret?: string;
  /** The host that a log names beside the error (`host=`). */
  readonly host?: string;
  /** What is told; without it, that a pull failed. */
  readonly tells?: Telling;
  /** Seconds before the text was made, as tables of Events tell it. */
  readonly ago?: number;
  /** Milliseconds since 1970. */
  readonly time?: number;
  /** How often the text says that it happened. */
  readonly count: number;
};

/**
 * `started`: a pull begins; `passed-over`: one endpoint failed and the next is asked; `pulled`: the image is there;
 * `scheduled`: only where a pod runs; `went-on`: an Event about something else.
 */
export type Telling = 'started' | 'passed-over' | 'pulled' | 'scheduled' | 'went-on';

/** `Kind namespace/name`, as far as it is known. */
export function objectName(
  kind: string | undefined,
  namespace: string | undefined,
  name: string | undefined,
): string | undefined {
  if (name === undefined || name === '') return undefined;
  const place = namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
  return kind === undefined || kind === '' ? place : `${kind} ${place}`;
}

/** Leaves out the fields that are not known. */
export function found(parts: { readonly [K in keyof Found]?: Found[K] | undefined }): Found {
  const { message = '', count = 1, ...rest } = parts;
  const known = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  return { message, count, ...Object.fromEntries(known) };
}
