/** A message that an excerpt holds, with what the excerpt says around it. */
export type Found = {
  /** Empty when only the reason is told, as in `kubectl get pods`. */
  readonly message: string;
  /** Waiting reason or Event reason. */
  readonly reason?: string;
  readonly image?: string;
  /** `Pod shop/web-1`; without the kind when the text does not tell it. */
  readonly object?: string;
  /** How often the text says that it happened. */
  readonly count: number;
};

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
export function found(parts: { readonly [K in keyof Found]: Found[K] | undefined }): Found {
  const { message = '', count = 1, reason, image, object } = parts;
  return {
    message,
    count,
    ...(reason !== undefined && { reason }),
    ...(image !== undefined && { image }),
    ...(object !== undefined && { object }),
  };
}
