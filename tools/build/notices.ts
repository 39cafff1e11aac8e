import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputChunk } from 'rolldown';
import { licenceTexts } from './licence-texts.ts';

/** Licences that allow shipping the package inside ours, with their text. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

const rule = '='.repeat(80);

/** A package that found its way into the bundle. */
export type BundledPackage = {
  readonly name: string;
  readonly version: string;
  /** SPDX expression as the package declares it. */
  readonly licence: string;
  /** Licence and notice files, word for word. */
  readonly texts: readonly string[];
  readonly homepage?: string;
};

/** The packages whose files are in the bundle, by name and version. */
export function bundledPackages(chunks: readonly OutputChunk[]): readonly BundledPackage[] {
  const folders = bundledModules(chunks).flatMap((path) => packageFolder(path) ?? []);
  return [...new Set(folders)].map(readPackage).toSorted(byName);
}

/** The paths of the modules of which something is in the bundle. */
export function bundledModules(chunks: readonly OutputChunk[]): readonly string[] {
  return chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([path, { renderedLength }]) => (renderedLength > 0 ? [path] : [])),
  );
}

/** The folder of the package that a file below node_modules belongs to; undefined for our own files. */
export function packageFolder(path: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** True when an SPDX expression can be met with permissive licences alone. */
export function isPermissive(expression: string): boolean {
  const bare = expression.replace(/^\(([^()]*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isPermissive);
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isPermissive);
  return permissive.has(bare.trim());
}

/**
 * The text of THIRD_PARTY_NOTICES.
 *
 * @throws Error naming each package whose licence is not permissive or whose licence text is missing
 */
export function renderNotices(packages: readonly BundledPackage[]): string {
  const refused = packages.filter(({ licence }) => !isPermissive(licence));
  const textless = packages.filter(({ texts }) => texts.length === 0);
  if (refused.length > 0 || textless.length > 0) throw new Error(complaint(refused, textless));
  const chapters = packages.map(({ name, version, licence, homepage, texts }) =>
    [rule, `${name} ${version}`, [licence, homepage].filter(Boolean).join(' - '), '', ...texts, ''].join(
      '\n',
    ),
  );
  return ['pullmend contains the following packages.\n', ...chapters].join('\n');
}

function complaint(refused: readonly BundledPackage[], textless: readonly BundledPackage[]): string {
  return [
    ...refused.map(
      ({ name, version, licence }) => `${name} ${version}: licence ${licence} is not permissive`,
    ),
    ...textless.map(({ name, version }) => `${name} ${version}: the package holds no licence text`),
  ].join('\n');
}

function readPackage(folder: string): BundledPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
    homepage?: string;
  };
  const licence = manifest.license ?? 'unknown';
  return {
    name: manifest.name,
    version: manifest.version,
    licence,
    texts: licenceFiles(folder) ?? copyrightInReadme(folder, licence) ?? [],
    ...(manifest.homepage === undefined ? {} : { homepage: manifest.homepage }),
  };
}

function licenceFiles(folder: string): readonly string[] | undefined {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return texts.length === 0 ? undefined : texts;
}

function copyrightInReadme(folder: string, licence: string): readonly string[] | undefined {
  const readme = readdirSync(folder).find((file) => /^readme\.md$/i.test(file));
  const text = licenceTexts[licence];
  if (readme === undefined || text === undefined) return undefined;
  const copyright = /^.*copyright.*\d{4}.*$/im.exec(readFileSync(join(folder, readme), 'utf8'))?.[0];
  return copyright === undefined ? undefined : [copyright.trim(), text];
}

function byName(a: BundledPackage, b: BundledPackage): number {
  return a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en');
}
