import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments, parse } from 'yaml';

/** Charts with what is known of their images; none of them is part of this repository. */
export type ChartCase = {
  readonly slug: string;
  readonly folder: string;
  readonly baseValues?: string;
  readonly render: { readonly namespace: string; readonly release: string; readonly kube_version: string };
  readonly expected: Expected;
};

export type ExpectedImage = {
  readonly image: string;
  readonly resource: string;
  readonly path: string;
  readonly part?: string;
  readonly pulled: string;
  readonly mirrored: string | null;
};

type Expected = {
  readonly images: readonly ExpectedImage[];
  readonly registryFields?: readonly { resource: string; path: string; was: string; mirrored: string }[];
  readonly notImages: readonly { readonly text: string; readonly where?: string }[];
  readonly expected_override: unknown;
};

export const mirrorRoot = 'harbor.example/proxy';

/** The name on the test's mirror: host dropped, everything else as it was written. */
export function mirroredName(image: string): string {
  if (image.startsWith(`${mirrorRoot}/`)) return image;
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const rest = /[.:]/.test(first) || first === 'localhost' ? image.slice(slash + 1) : image;
  return `${mirrorRoot}/${rest}`;
}

const shapes = fileURLToPath(new URL('../../../shared/corpus/chart-shapes/', import.meta.url));
const real = process.env['PULLMEND_CHARTS'] ?? join(homedir(), '.cache', 'pullmend', 'corpus-charts');

/** The cases of a set; none where it is absent. */
export function chartCases(set: 'shapes' | 'charts'): readonly ChartCase[] {
  const root = set === 'shapes' ? shapes : real;
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .toSorted()
    .flatMap((slug) => {
      const file = join(root, slug, 'expected-images.json');
      if (!existsSync(file) || !existsSync(join(root, slug, 'chart'))) return [];
      const expected = JSON.parse(readFileSync(file, 'utf8')) as Expected & {
        render: Record<string, string>;
      };
      const base = join(root, slug, 'base-values.yaml');
      return [
        {
          slug,
          folder: join(root, slug, 'chart'),
          ...(existsSync(base) ? { baseValues: base } : {}),
          render: {
            release: expected.render['release'] ?? 'demo',
            namespace: expected.render['namespace'] ?? 'demo',
            kube_version: expected.render['kubeVersion'] ?? expected.render['kube_version'] ?? 'v1.33.0',
          },
          expected,
        },
      ];
    });
}

type Places = Map<
  string,
  { readonly document: unknown; readonly texts: Map<string, string>; readonly inner: Map<string, unknown> }
>;

/** Strings of a render by object and dotted path, Secrets decoded, documents in texts opened. */
export function placesOf(rendered: string): Places {
  const places: Places = new Map();
  for (const part of rendered.split(/^---(?=\s)/m)) {
    for (const document of parseAllDocuments(part, { logLevel: 'silent' })) {
      const value: unknown = document.toJS();
      if (typeof value !== 'object' || value === null) continue;
      const { kind, metadata = {} } = value as {
        kind?: string;
        metadata?: { name?: string; namespace?: string };
      };
      const resource = [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
      const texts = new Map<string, string>();
      const inner = new Map<string, unknown>();
      for (const [path, raw] of leaves(value)) {
        const isSecret = kind === 'Secret' && path.startsWith('data.');
        const text = isSecret ? Buffer.from(raw, 'base64').toString() : raw;
        texts.set(path, text);
        if (!/^(data|stringData)\./.test(path) || !/\n|^[{[]|: /.test(text)) continue;
        try {
          const opened: unknown = parse(text, { logLevel: 'silent' });
          if (typeof opened !== 'object' || opened === null) continue;
          inner.set(path, opened);
          for (const [below, it] of leaves(opened)) texts.set(`${path}::${below}`, it);
        } catch {
          // No document.
        }
      }
      places.set(resource, { document: value, texts, inner });
    }
  }
  return places;
}

function* leaves(value: unknown, path = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [i, it] of value.entries()) yield* leaves(it, `${path}[${i}]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, it] of Object.entries(value)) yield* leaves(it, path === '' ? key : `${path}.${key}`);
  }
}

/** What stands where the corpus has an image: the image, or the text around it. */
export function textAt(
  places: Places,
  at: Pick<ExpectedImage, 'resource' | 'path' | 'part'>,
): string | undefined {
  for (const [resource, place] of places) {
    const isIt = at.resource.endsWith('*')
      ? resource.startsWith(at.resource.slice(0, -1))
      : resource === at.resource;
    if (!isIt) continue;
    const text = at.part === undefined ? place.texts.get(at.path) : joined(place, at);
    if (text !== undefined) return text;
  }
  return undefined;
}

type Place = Places extends Map<string, infer P> ? P : never;

/** Keys joined, the last as tag; looked for at the path and in the objects above it. */
function joined(place: Place, { path, part = '' }: Pick<ExpectedImage, 'path' | 'part'>): string | undefined {
  const [outer = '', below] = path.split('::');
  const root = below === undefined ? place.document : place.inner.get(outer);
  const steps = (below ?? path).match(/[^.[\]]+|\[\d+\]/g) ?? [];
  const chain: unknown[] = [root];
  for (const step of steps) {
    const key = step.startsWith('[') ? step.slice(1, -1) : step;
    chain.push((chain.at(-1) as Record<string, unknown> | undefined)?.[key]);
  }
  const values = part.split('+').map((key) => {
    const holder = chain.findLast((it) => typeof it === 'object' && it !== null && key in it);
    return String((holder as Record<string, unknown> | undefined)?.[key]);
  });
  const tail = values.at(-1) ?? '';
  return `${values.slice(0, -1).join('/')}${tail.startsWith('sha256:') ? '@' : ':'}${tail}`;
}

export function holds(text: string, image: string): boolean {
  const escaped = image.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\w.:/@-])${escaped}(?![\\w@/-]|[.:]\\w)`).test(text);
}

/** Does an image stand where it should: alone where the kubelet pulls it, else somewhere in the text. */
export function stands(places: Places, at: ExpectedImage, image: string): boolean {
  const text = textAt(places, at);
  if (text === undefined) return false;
  return at.pulled === 'direct' || at.part !== undefined ? text === image : holds(text, image);
}
