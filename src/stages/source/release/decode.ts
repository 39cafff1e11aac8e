import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PullmendError } from '../../../core/base/index.ts';
import { asObjects, asText, dig, digText, isObject } from '../../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../core/model/index.ts';

/** What Helm stored of an installation. */
export type Release = {
  readonly name: string;
  /** Counts from 1 with each upgrade. */
  readonly version: number;
  /** `deployed`, `superseded`, `failed`, … */
  readonly status: string;
  readonly manifest: string;
  /** Hooks are not part of the manifest; `path` is their template. */
  readonly hooks: readonly { readonly path: string; readonly manifest: string }[];
};

/** A Secret holds 1 MiB, and text shrinks to a tenth; whatever grows beyond this is made to fill the memory. */
const maxReleaseBytes = 64 * 1024 * 1024;

const unzip = promisify(gunzip);

/**
 * Reads `data.release` of a Secret or ConfigMap of Helm (pkg/storage/driver/util.go): base64 of gzip of JSON; a
 * Secret's data is base64 once more. Errors: PM_RELEASE_BROKEN.
 */
export async function decodeRelease(holder: JsonObject): Promise<Release> {
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
  return {
    name: digText(release, 'name') ?? '',
    version: Number(dig(release, 'version') ?? 0),
    status: digText(release, 'info', 'status') ?? '',
    manifest: asText(release.manifest) ?? '',
    hooks: hooksOf(release.hooks),
  };
}

function hooksOf(hooks: Json | undefined): Release['hooks'] {
  return asObjects(hooks).map((hook) => ({
    path: asText(hook.path) ?? '',
    manifest: asText(hook.manifest) ?? '',
  }));
}
