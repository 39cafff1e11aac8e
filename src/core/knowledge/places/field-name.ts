import { attributeWords, imageWords, injectorAnnotations, injectorWords, proseKeys } from './rules.data.ts';

/** `proxyImage`, `PROXY_IMAGE`, `--proxy-image` → `proxy`, `image`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Most names need not be taken apart: every field of every object is asked for. */
const mention = /ima?g/i;

/** Does the name of a field, variable or flag say that an image stands there. */
export function namesImage(name: string): boolean {
  if (!mention.test(name)) return false;
  const words = wordsOf(name);
  return words.some((word) => imageWords.has(word)) && !attributeWords.has(words.at(-1) ?? '');
}

/** Attributes of an image that may look like a name: `platform: linux/amd64`, `key: keys/cosign`. */
const asideWords: ReadonlySet<string> = new Set([
  'arch',
  'architecture',
  'args',
  'author',
  'branch',
  'certificate',
  'cmd',
  'command',
  'context',
  'dockerfile',
  'entrypoint',
  'folder',
  'identity',
  'issuer',
  'license',
  'maintainer',
  'mount',
  'platform',
  'platforms',
  'provider',
  'rewrite',
  'sha',
  'source',
  'sha256',
  'target',
  'user',
  'vendor',
]);

/** Keys of an object that stands in a field called image, and that hold its name. */
const ownKeys: ReadonlySet<string> = new Set([
  'default',
  'fullname',
  'latest',
  'location',
  'name',
  'newname',
  'pullspec',
  'ref',
  'reference',
  'repo',
  'repository',
  'uri',
  'url',
  'value',
]);

/**
 * Does a field below one called image hold an image: a name of it (`image: {reference}`), or what a part is called
 * (`images: {proxy: …}`).
 *
 * @param above the field above; `listed`: in a list, whose items are objects with attributes
 */
export function namesImageBelow(field: string, above: string, listed: boolean): boolean {
  const words = wordsOf(field);
  const last = words.at(-1) ?? '';
  if (ownKeys.has(words.join(''))) return true;
  if (attributeWords.has(last) || asideWords.has(last) || words.includes('secret')) return false;
  return !listed && wordsOf(above).includes('images');
}

/** Fields of what is pushed: the end of a build or a copy. */
const destinationWords: ReadonlySet<string> = new Set([
  'dest',
  'destination',
  'destinations',
  'output',
  'outputs',
  'publish',
  'push',
  'pushed',
  'pushto',
]);

/** Does the name of a field, variable or flag say that something is brought there. */
export function namesDestination(name: string): boolean {
  return wordsOf(name).some((word) => destinationWords.has(word));
}

/**
 * Does a parameter of a build say what is built: `IMAGE`, `APP_IMAGE`, `image-url`. Others name what runs it
 * (`BUILDER_IMAGE`).
 */
export function namesBuilt(parameter: string): boolean {
  return /^(?:(?:app|application|built|container|docker|manifest|target)[-_]?)?image(?:[-_]?(?:name|ref|reference|repo|repository|tag|uri|url))?$/i.test(
    parameter,
  );
}

/** The same of a field that holds more fields: `output: {image}`, not `pushGateway: {image}`. */
export function isDestination(field: string): boolean {
  return destinationWords.has(wordsOf(field).at(-1) ?? '');
}

const machineWords: ReadonlySet<string> = new Set([
  'ami',
  'boot',
  'cloudimage',
  'disk',
  'iso',
  'machine',
  'machines',
  'os',
  'virtualmachine',
  'vm',
]);

/** Does the name of a field speak of machines, whose images are disks. */
export function namesMachine(name: string): boolean {
  const words = wordsOf(name);
  if (words.includes('container')) return false;
  return (
    machineWords.has(words.at(-1) ?? '') ||
    words.some((word, at) => machineWords.has(word) && imageWords.has(words[at + 1] ?? ''))
  );
}

/** Does the field hold a query or a condition, which compares names and pulls nothing. */
export function holdsQuery(name: string): boolean {
  return /^(?:expr|expression|query|promql|logql|rego|cel|regex|regexp|matchpattern|jsonpath|legendformat)$/i.test(
    name,
  );
}

/** Does the field hold words for people. */
export function holdsProse(name: string): boolean {
  return proseKeys.has(name.toLowerCase());
}

/**
 * Does an admission webhook take the image of a container that it adds from the annotation: a known one, or one whose
 * name says so (`example.com/sidecar-image`).
 */
export function isForInjector(annotation: string): boolean {
  if (injectorAnnotations.has(annotation)) return true;
  const name = annotation.split('/').at(-1) ?? '';
  return (
    annotation.includes('/') && namesImage(name) && wordsOf(name).some((word) => injectorWords.has(word))
  );
}

/** Does a flag say that an argument is an image, or a list of them: `--web-image` before it, or `--web-image=` in it. */
export function isLedByFlag(before: string, argument: string): boolean {
  if (/^-[^=\s]+$/.test(before) && namesImage(before)) return true;
  const flag = /^(-[^=\s]+)=/.exec(argument)?.[1];
  return flag !== undefined && namesImage(flag);
}

/** Does the field hold a password or the like, which may look like anything. */
export function isCredential(name: string): boolean {
  return /(?:password|passphrase|token)$/i.test(name);
}
