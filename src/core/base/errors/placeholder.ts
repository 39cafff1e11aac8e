/**
 * Stands for a parameter that is known only at run time and prints as its name in braces, however the text
 * uses it: as a string, a list, an object with fields.
 */
export function placeholder(name: string): unknown {
  const text = `{${name}}`;
  return new Proxy(
    {},
    {
      get(_, key) {
        if (key === Symbol.toPrimitive) return () => text;
        if (key === Symbol.iterator) return () => [text].values();
        if (typeof key === 'symbol') return undefined;
        if (/^\d+$/.test(key)) return text;
        if (key in listMethods) return listMethods[key]?.(text);
        const member: unknown = Reflect.get(String.prototype, key);
        return typeof member === 'function' ? member.bind(text) : placeholder(`${name}.${key}`);
      },
    },
  );
}

/** The parameters of a text: every field is a placeholder of its own name. */
export function placeholders<P extends object>(): P {
  return new Proxy({} as P, { get: (_, key) => placeholder(String(key)) });
}

const listMethods: Readonly<Record<string, (text: string) => unknown>> = {
  length: () => 2,
  join: (text) => () => text,
  map: (text) => (render: (item: string) => unknown) => [render(text)],
  filter: (text) => () => [text],
  slice: (text) => () => [text],
  toString: (text: string) => () => text,
};
