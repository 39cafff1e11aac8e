import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { PullmendError } from '../../core/base/index.ts';
import {
  asList,
  asObject,
  asObjects,
  asText,
  dig,
  digText,
  isObject,
} from '../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';

/** What Helm stored of one revision of an installation. */
export type StoredRelease = {
  readonly name: string;
  readonly namespace: string;
  /** Counts from 1 with each upgrade. */
  readonly version: number;
  /** `deployed`, `superseded`, `failed`, … */
  readonly status: string;
  /** What whoever made the revision said of it. */
  readonly description: string;
  readonly manifest: string;
  /** Hooks are not part of the manifest; `path` is their template. */
  readonly hooks: readonly {
    readonly path: string;
    readonly manifest: string;
    /** `post-install`, … */
    readonly events: readonly string[];
  }[];
  /** The values that the user gave; they may hold secrets. */
  readonly values: JsonObject;
  readonly chart: StoredChart;
  /** Helm 4 writes by server-side apply what it installed itself. */
  readonly isServerSide: boolean;
};

/** A chart as its release holds it: all of it but its sub-charts. */
export type StoredChart = {
  /** Of Chart.yaml. */
  readonly metadata: JsonObject;
  readonly templates: readonly StoredFile[];
  readonly files: readonly StoredFile[];
  readonly values: JsonObject;
  /** values.schema.json, in base64. */
  readonly schema?: string;
};

/** `data` is base64. */
export type StoredFile = { readonly name: string; readonly data: string };

/** A Secret holds 1 MiB, and text shrinks to a tenth; whatever grows beyond this is made to fill the memory. */
const maxReleaseBytes = 64 * 1024 * 1024;

const unzip = promisify(gunzip);
const zip = promisify(gzip);

/**
 * Reads `data.release` of a Secret or ConfigMap of Helm 3 and 4 (pkg/storage/driver/util.go): base64 of gzip of JSON; a
 * Secret's data is base64 once more. Errors: PM_RELEASE_BROKEN.
 */
export async function decodeRelease(holder: JsonObject): Promise<StoredRelease> {
  const stored = digText(holder, 'data', 'release') ?? '';
  const text = holder.kind === 'Secret' ? Buffer.from(stored, 'base64').toString('latin1') : stored;
  const object = `${asText(holder.kind) ?? ''}/${digText(holder, 'metadata', 'name') ?? ''}`;
  const broken = (reason: string): PullmendError =>
    new PullmendError('PM_RELEASE_BROKEN', { object, reason });
  let release: unknown;
  try {
    const bytes = Buffer.from(text, 'base64');
    // Helm 2 stored it without compression.
    const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const json = isZipped ? await unzip(bytes, { maxOutputLength: maxReleaseBytes }) : bytes;
    release = JSON.parse(json.toString('utf8'));
  } catch (error) {
    const isLarge = error instanceof RangeError;
    throw broken(
      isLarge
        ? `it unpacks to more than ${maxReleaseBytes / 1024 / 1024} MiB`
        : 'it is not base64 of gzip of JSON',
    );
  }
  if (!isObject(release)) throw broken('it holds no release');
  return readRelease(release);
}

/** Helm writes the keys of a revision in this order (pkg/release/v1/release.go). */
const statusOf = /^(\s*\{\s*"name":"[^"]*",\s*"info":\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*?"status":)"[a-z-]*"/;

/**
 * The data of a revision with another status in it, as Helm itself writes it when an operation ends; not a byte of the
 * rest changes. Errors: PM_RELEASE_BROKEN.
 */
export async function withStatus(holder: JsonObject, status: string): Promise<string> {
  const { version } = await decodeRelease(holder);
  const isSecret = holder.kind === 'Secret';
  const stored = digText(holder, 'data', 'release') ?? '';
  const bytes = Buffer.from(isSecret ? Buffer.from(stored, 'base64').toString('latin1') : stored, 'base64');
  const text = (await unzip(bytes, { maxOutputLength: maxReleaseBytes })).toString('utf8');
  const encoded = (await zip(text.replace(statusOf, `$1"${status}"`))).toString('base64');
  const release = isSecret ? Buffer.from(encoded).toString('base64') : encoded;
  const written = await decodeRelease({ ...holder, data: { release } });
  if (written.status === status && written.version === version) return release;
  const object = `${asText(holder.kind) ?? ''}/${digText(holder, 'metadata', 'name') ?? ''}`;
  throw new PullmendError('PM_RELEASE_BROKEN', { object, reason: 'its status is not where Helm writes it' });
}

/** A revision as Helm stores it, and as `helm upgrade -o json` tells it. */
export function readRelease(release: JsonObject): StoredRelease {
  return {
    name: digText(release, 'name') ?? '',
    namespace: digText(release, 'namespace') ?? '',
    version: Number(dig(release, 'version') ?? 0),
    status: digText(release, 'info', 'status') ?? '',
    description: digText(release, 'info', 'description') ?? '',
    manifest: asText(release.manifest) ?? '',
    hooks: hooksOf(release.hooks),
    values: asObject(release.config),
    chart: chartOf(asObject(release.chart)),
    isServerSide: release.apply_method === 'ssa',
  };
}

function hooksOf(hooks: Json | undefined): StoredRelease['hooks'] {
  return asObjects(hooks).map((hook) => ({
    path: asText(hook.path) ?? '',
    manifest: asText(hook.manifest) ?? '',
    events: asList(hook.events).flatMap((event) => asText(event) ?? []),
  }));
}

function chartOf({ metadata, templates, files, values, schema }: JsonObject): StoredChart {
  return {
    metadata: asObject(metadata),
    templates: filesOf(templates),
    files: filesOf(files),
    values: asObject(values),
    ...(typeof schema === 'string' && schema !== '' ? { schema } : {}),
  };
}

function filesOf(files: Json | undefined): readonly StoredFile[] {
  return asObjects(files).flatMap(({ name, data }) =>
    typeof name === 'string' ? [{ name, data: asText(data) ?? '' }] : [],
  );
}
