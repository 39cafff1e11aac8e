/** Values for `${…}` in the texts of a scenario. */
export type Variables = {
  /** `ns`, `name`, `home`, `config`, `kubeconfig`, … */
  readonly plain: Readonly<Record<string, string>>;
  /** `${digest:ID}` and `${digest:ID:os/arch}`. */
  readonly digest?: (id: string, platform: string | undefined) => string | undefined;
  /** `${uid:Kind/name}` of an object that exists already. */
  readonly uid?: (object: string) => string | undefined;
  /** `${program:NAME}`: the folder with a program of `given.programs`. */
  readonly program?: (name: string) => string | undefined;
};

/** A `${…}` that nothing is known about. */
export class UnknownVariableError extends Error {
  override readonly name = 'UnknownVariableError';
}

/**
 * Replaces `${…}` in all strings of a value, keys included; `$${` stands for `${`.
 * Throws UnknownVariableError.
 */
export function substitute<T>(value: T, variables: Variables): T {
  return replaced(value, variables) as T;
}

function replaced(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return inText(value, variables);
  if (Array.isArray(value)) return value.map((item) => replaced(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [inText(key, variables), replaced(item, variables)]),
  );
}

function inText(text: string, variables: Variables): string {
  return text.replaceAll(/(\$?)\$\{([^}]*)\}/g, (_all, escape: string, name: string) => {
    if (escape !== '') return `\${${name}}`;
    const value = lookUp(name, variables);
    if (value === undefined) throw new UnknownVariableError(`\${${name}} is not known here`);
    return value;
  });
}

function lookUp(name: string, variables: Variables): string | undefined {
  const [kind, first, ...rest] = name.split(':');
  if (first === undefined) return Object.hasOwn(variables.plain, name) ? variables.plain[name] : undefined;
  if (kind === 'digest') return variables.digest?.(first, rest.length === 0 ? undefined : rest.join(':'));
  if (kind === 'program') return variables.program?.(first);
  return kind === 'uid' ? variables.uid?.(first) : undefined;
}
