import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { makeFolder, makeTemporaryFolder } from '../files/index.ts';
import type { LocalChart } from './remote.ts';
import type { StoredChart, StoredFile, StoredRelease } from './stored-release.ts';

/** The largest charts known have some hundred files. */
const mostFiles = 5000;

/**
 * True when the release holds all of its chart: Helm does not store sub-charts (an unexported field of its
 * `chart.Chart`), and refuses a chart that lacks one of those it names.
 */
export function isWhole({ metadata, templates }: StoredChart): boolean {
  const { dependencies } = metadata;
  return templates.length > 0 && !(Array.isArray(dependencies) && dependencies.length > 0);
}

/** The chart of a release as a folder. Errors: PM_CHART_UNREADABLE. */
export async function rebuildChart({ name, chart }: StoredRelease): Promise<LocalChart> {
  return await chartFolder(name, {
    'Chart.yaml': JSON.stringify(chart.metadata),
    'values.yaml': JSON.stringify(chart.values),
    ...(chart.schema === undefined ? {} : { 'values.schema.json': Buffer.from(chart.schema, 'base64') }),
    ...contentOf(chart.templates),
    ...contentOf(chart.files),
  });
}

/** A chart that renders just these objects, under the name and version of the release's own. Errors: as above. */
export async function flatChart(
  { name, chart }: StoredRelease,
  objects: readonly JsonObject[],
): Promise<LocalChart> {
  const { dependencies: _gone, ...metadata } = chart.metadata;
  const documents = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  return await chartFolder(name, {
    'Chart.yaml': JSON.stringify(metadata),
    // Helm lets a template read the chart's files, so that nothing in the objects is taken for a template.
    'objects.yaml': documents,
    'templates/objects.yaml': '{{ .Files.Get "objects.yaml" }}\n',
  });
}

function contentOf(files: readonly StoredFile[]): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(files.map(({ name, data }) => [name, Buffer.from(data, 'base64')]));
}

async function chartFolder(
  chart: string,
  content: Readonly<Record<string, string | Uint8Array>>,
): Promise<LocalChart> {
  const folder = await makeTemporaryFolder('release');
  const close = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
  try {
    const files = Object.entries(content);
    if (files.length > mostFiles) throw new Error(`it has more than ${mostFiles} files`);
    for (const [name, bytes] of files) {
      if (!isInside(name)) throw new Error(`it has a file ${name}`);
      await makeFolder(dirname(join(folder, name)));
      await writeFile(join(folder, name), bytes);
    }
  } catch (cause) {
    await close();
    throw new PullmendError('PM_CHART_UNREADABLE', { chart, reason: reasonOf(cause) }, { cause });
  }
  return { path: folder, close };
}

/** Whoever may write the Secret decides about these names. */
function isInside(name: string): boolean {
  return (
    !/[\\\0]/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}
