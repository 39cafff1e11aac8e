import type { Then } from '../file/index.ts';
import { check, type Context } from './context.ts';
import { isDeepStrictEqual } from 'node:util';

/** The parts of pullmend's JSON that scenarios ask about; read tolerantly, an absent part is empty. */
type Report = {
  readonly problems?: readonly {
    readonly spec?: { readonly image?: string };
    readonly status?: { readonly diagnosis?: { readonly class?: string } };
  }[];
  readonly plan?: {
    readonly spec?: {
      readonly steps?: readonly { readonly kind: string; readonly object: Ref }[];
      readonly unmended?: readonly { readonly object: Ref; readonly reason: string }[];
      readonly replacements?: readonly { readonly image: string; readonly identity: string }[];
    };
  };
  readonly verdicts?: readonly { readonly object: Ref; readonly result: string }[];
};
type Ref = { readonly kind: string; readonly name: string };

/** Compares what pullmend reported with what the scenario expects of it: exactly that, no more and no less. */
export function judgeClaims(context: Context, then: Then): void {
  const report = (context.report ?? {}) as Report;
  const spec = report.plan?.spec;
  const classes = report.problems?.map(
    ({ spec: problem, status }) => [problem?.image ?? '', status?.diagnosis?.class ?? ''] as const,
  );
  compare(context, 'failure classes', then.classes, collect(classes, last));
  compare(
    context,
    'steps of the plan',
    then.remedies,
    collect(
      pairs(spec?.steps, ({ kind }) => kind),
      all,
    ),
  );
  compare(
    context,
    'left alone',
    then.unmended,
    collect(
      pairs(spec?.unmended, ({ reason }) => reason),
      last,
    ),
  );
  compare(
    context,
    'identities',
    then.identities,
    collect(
      spec?.replacements?.map(({ image, identity }) => [image, identity] as const),
      last,
    ),
  );
  compare(
    context,
    'verdicts',
    then.verdicts,
    collect(
      pairs(report.verdicts, ({ result }) => result),
      last,
    ),
  );
}

type Pairs<V> = readonly (readonly [string, V])[];

function pairs<T extends { readonly object: Ref }>(
  items: readonly T[] | undefined,
  value: (item: T) => string,
): Pairs<string> {
  return (items ?? []).map((item) => [`${item.object.kind}/${item.object.name}`, value(item)]);
}

function collect<R>(
  items: Pairs<string> | undefined,
  merge: (before: R | undefined, value: string) => R,
): Record<string, R> {
  const result: Record<string, R> = {};
  for (const [key, value] of items ?? []) result[key] = merge(result[key], value);
  return result;
}

function all(before: string[] | undefined, value: string): string[] {
  return [...(before ?? []), value];
}

function last(_before: string | undefined, value: string): string {
  return value;
}

function compare(
  context: Context,
  what: string,
  expected: Readonly<Record<string, unknown>> | undefined,
  seen: Readonly<Record<string, unknown>>,
): void {
  if (expected === undefined) return;
  const renamed = Object.fromEntries(
    Object.entries(seen).map(([key, value]) => [nameIn(expected, key), value]),
  );
  check(
    context,
    `${what} are ${JSON.stringify(expected)}`,
    isDeepStrictEqual(renamed, expected),
    JSON.stringify(seen),
  );
}

/** `Job/clean-*` stands for an object whose name a controller has made up. */
function nameIn(expected: Readonly<Record<string, unknown>>, key: string): string {
  const pattern = Object.keys(expected).find((one) => one.endsWith('*') && key.startsWith(one.slice(0, -1)));
  return pattern ?? key;
}
