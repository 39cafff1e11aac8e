import { readYaml } from '../../core/edit/index.ts';
import { asObjects, asText, isObject } from '../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';
import { valueAt, type ValuePath } from './values.ts';

const chain = /\.Values((?:\.[A-Za-z_][\w]*)+)/g;
const globalChain = /\.global((?:\.[A-Za-z_]\w*)+)/g;
const indexed = /index\s+\$?\.Values((?:\.\w+)*)((?:\s+"[^"]+")+)/g;
/** `dict "imageRoot" .Values.image`: what a helper of another template calls its parameter. */
const parameter = /"(\w+)"\s+\(?\s*\$?\.Values((?:\.\w+)+)/g;
const parameterChain = /[^\w)$.]\.([a-z]\w*)((?:\.[A-Za-z_]\w*)+)/g;
/** `include "name" .Values.image`, `with .Values.image`: the dot becomes that map. */
const dotted = /(?:(?:include|template)\s+"[^"]+"|with|range)\s+\(?\s*\$?\.Values((?:\.\w+)+)/g;
const relative = /[\s({|]\.([a-zA-Z_]\w*)\b(?![.\w])/g;

/** Paths that the templates of a chart and of its sub-charts read, also those that values.yaml does not have. */
export function pathsRead(texts: ReadonlyMap<string, string>, inForce: Json): readonly ValuePath[] {
  const found = new Map<string, ValuePath>();
  const add = (path: ValuePath): void => {
    found.set(path.join('\0'), path);
  };
  // Helpers have one namespace: those of a chart are called by all others.
  const isTemplate = /(?:^|\/)templates\/.*\.(?:ya?ml|tpl|txt|json)$/;
  const templates = [...texts]
    .filter(([path]) => isTemplate.test(path))
    .map(([path, content]) => [path, plain(content)] as const);
  const fields = fieldsIn(templates.map(([, text]) => text));
  for (const { folder, prefixes: all } of chartsIn(texts)) {
    const prefixes = all.filter((prefix) => isEnabled(inForce, prefix));
    if (prefixes.length === 0) continue;
    const own = templates.filter(([path]) => path.startsWith(`${folder}templates/`));
    for (const path of readIn(own.map(([, text]) => text).join('\n'), fields)) {
      if (path[0] === 'global') add(path);
      else for (const prefix of prefixes) add([...prefix, ...path]);
    }
  }
  return [...found.values()];
}

/** A host or a path of an image which tells it from other words. */
const telling = /[./]/;

/** Helm gives every sub-chart that takes part its globals, and drops the others with their values. */
function isEnabled(inForce: Json, prefix: ValuePath): boolean {
  return prefix.length === 0 || isObject(valueAt(inForce, [...prefix, 'global']));
}

/** Paths that are read on the lines of templates that hold a part of one of the images. */
export function pathsNear(
  texts: ReadonlyMap<string, string>,
  images: readonly string[],
  inForce: Json,
): readonly ValuePath[] {
  const parts = new Set(images.flatMap((image) => partsOf(image)));
  const near = [...texts].map(([path, text]) => {
    const lines = path.endsWith('Chart.yaml')
      ? [text]
      : text.split('\n').filter((line) => [...parts].some((part) => line.includes(part)));
    return [path, lines.join('\n')] as const;
  });
  return pathsRead(new Map(near), inForce);
}

/** `quay.io/acme/app:1` → `quay.io`, `acme/app`, `quay.io/acme/app`. */
function partsOf(image: string): readonly string[] {
  const name = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const slash = name.indexOf('/');
  return [name, name.slice(0, slash), name.slice(slash + 1)].filter((part) => telling.test(part));
}

/** `((.Values.a).b | default dict).c` → `.Values.a.b.c`, `$x := .Values.a` … `$x.b` → `.Values.a.b`. */
function plain(text: string): string {
  let done = text;
  const aliases = new Map(
    [...text.matchAll(/\$(\w+)\s*:?=\s*\(?\s*\$?(\.Values(?:\.\w+)+)/g)].map(([, name = '', path = '']) => [
      name,
      path,
    ]),
  );
  done = done.replace(/\$(\w+)(?=\.\w)/g, (whole, name: string) => aliases.get(name) ?? whole);
  for (let depth = 0; depth < 4; depth += 1) {
    done = done.replace(/\(\s*(\$?[\w]*(?:\.\w+)+)\s*(?:\|\s*default\s+\(?\s*dict\s*\)?)?\s*\)(?=\.)/g, '$1');
  }
  return done;
}

/** What helpers read of their parameters, and of the dot. */
type Fields = {
  readonly ofParameters: ReadonlyMap<string, ReadonlySet<string>>;
  readonly ofDot: ReadonlySet<string>;
};

function fieldsIn(texts: readonly string[]): Fields {
  const ofParameters = new Map<string, Set<string>>();
  const ofDot = new Set<string>();
  for (const text of texts) {
    for (const [, name = '', path = ''] of text.matchAll(parameterChain)) {
      ofParameters.set(name, (ofParameters.get(name) ?? new Set()).add(path));
    }
    for (const [, field = ''] of text.matchAll(relative)) if (namesPartOfImage(field)) ofDot.add(field);
  }
  return { ofParameters, ofDot };
}

function readIn(text: string, { ofParameters, ofDot }: Fields): readonly ValuePath[] {
  const found: ValuePath[] = [];
  for (const [, path = ''] of text.matchAll(chain)) found.push(keysOf(path));
  for (const [, path = ''] of text.matchAll(globalChain)) found.push(['global', ...keysOf(path)]);
  for (const [, path = '', keys = ''] of text.matchAll(indexed)) {
    found.push([...keysOf(path), ...[...keys.matchAll(/"([^"]+)"/g)].map(([, key = '']) => key)]);
  }
  for (const [, name = '', at = ''] of text.matchAll(parameter)) {
    for (const path of ofParameters.get(name) ?? []) found.push([...keysOf(at), ...keysOf(path)]);
  }
  const dots = new Set([...text.matchAll(dotted)].map(([, path = '']) => path));
  for (const at of dots) {
    if (!keysOf(at).some((key) => neverOfImages.test(String(key))))
      for (const field of ofDot) found.push([...keysOf(at), field]);
  }
  return found;
}

/** Maps of a pod that a helper writes out as they are; no field of them is a part of a name. */
const neverOfImages =
  /labels$|annotations$|affinity$|selector$|tolerations$|resources$|limits$|securityContext$|probe$|secrets?$|^(?:extra)?env(?:s|From|Vars?)?$|args$|volumes?$|volumeMounts$|ports?$|account$|policy$|priority|replicas$|namespace$|^dns|strategy$|topology|autoscaling$|budget$|monitor$|^rbac/i;

function keysOf(path: string): ValuePath {
  return path.split('.').filter((key) => key !== '');
}

type ChartPart = { readonly folder: string; readonly prefixes: readonly ValuePath[] };

/** The chart and its sub-charts, each with the keys under which its values stand. Library charts read their user's. */
function chartsIn(texts: ReadonlyMap<string, string>): readonly ChartPart[] {
  const parts: ChartPart[] = [];
  const visit = (folder: string, prefixes: readonly ValuePath[]): void => {
    const here = chartFile(texts, folder);
    parts.push({ folder, prefixes });
    const below = new Set(
      [...texts.keys()].flatMap((path) => {
        const name = path.startsWith(`${folder}charts/`)
          ? path.slice(folder.length + 7).split('/')[0]
          : undefined;
        return name !== undefined && texts.has(`${folder}charts/${name}/Chart.yaml`) ? [name] : [];
      }),
    );
    for (const name of below) {
      const own = chartFile(texts, `${folder}charts/${name}/`);
      const chartName = asText(own.name) ?? name;
      const isLibrary = own.type === 'library';
      const uses = asObjects(here.dependencies).filter((it) => it.name === chartName);
      const keys = uses.length === 0 ? [chartName] : uses.map((it) => asText(it.alias) || chartName);
      visit(
        `${folder}charts/${name}/`,
        isLibrary ? prefixes : prefixes.flatMap((prefix) => keys.map((key) => [...prefix, key])),
      );
    }
  };
  visit('', [[]]);
  return parts;
}

function chartFile(texts: ReadonlyMap<string, string>, folder: string): JsonObject {
  try {
    const value = readYaml(texts.get(`${folder}Chart.yaml`) ?? '', '')[0]?.value;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const ofImages = /image|regist|repo|hub|mirror|docker/i;
const notNames =
  /tag|digest|version|policy|policies|secret|pull|sha$|enabled|cred|user|pass|auth|type|port$|ports$|size/i;

/** Could a value of this name be a part of an image's name. */
export function namesPartOfImage(key: string): boolean {
  return ofImages.test(key) && !notNames.test(key);
}

/** Keys that are a part of a name below a key that says so: `registry.address`, `image.host`, `privateRegistry.url`. */
export function namesPartBelow(path: ValuePath): boolean {
  const last = String(path.at(-1));
  if (namesPartOfImage(last)) return true;
  if (!/^(?:name|host|address|url|server|domain|prefix|path|project|org|source|base|fullname)$/i.test(last))
    return false;
  return path.slice(0, -1).some((key) => ofImages.test(String(key)));
}
