import type { RegistryStore, StoredBlob, StoredManifest } from '../../../src/apps/hub/index.ts';
import { bareMediaType, digestOf, isDigest, manifestAccept } from '../../../src/core/image/index.ts';
import { StoreLayer } from './store-layer.ts';

/**
 * A proxy cache of another registry in one project, after Harbor's (`src/controller/proxy`): a tag is asked for
 * upstream at every pull and served from the cache only when upstream cannot answer; what has a digest is asked for
 * once; HEAD of a blob that is not cached yet is 404.
 */
export class ProxyStore extends StoreLayer {
  readonly #project: string;
  readonly #upstream: string;

  /** `upstream` is a base URL without a path. */
  constructor(inner: RegistryStore, project: string, upstream: string) {
    super(inner);
    this.#project = project;
    this.#upstream = upstream;
  }

  override async getManifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    const cached = await super.getManifest(repository, reference);
    const origin = this.#origin(repository);
    if (origin === undefined || (cached !== undefined && isDigest(reference))) return cached;
    const reply = await this.#fetch(`${origin}/manifests/${reference}`);
    if (reply.status === 404) return undefined;
    if (!reply.ok) return cached;
    const bytes = Buffer.from(await reply.arrayBuffer());
    const digest = digestOf(bytes);
    if (isDigest(reference) && digest !== reference) return undefined;
    const mediaType = bareMediaType(reply.headers.get('content-type') ?? '');
    const manifest = { digest, mediaType, bytes };
    await this.putManifest(repository, manifest, isDigest(reference) ? [] : [reference]);
    return manifest;
  }

  override async openBlob(repository: string, digest: string): Promise<StoredBlob | undefined> {
    const origin = this.#origin(repository);
    const cached = await super.openBlob(repository, digest);
    if (cached !== undefined || origin === undefined) return cached;
    const reply = await this.#fetch(`${origin}/blobs/${digest}`);
    if (!reply.ok || reply.body === null) return undefined;
    const upload = await this.startUpload(repository);
    await upload.append(reply.body);
    return (await upload.commit(digest)) ? super.openBlob(repository, digest) : undefined;
  }

  /** Path of the repository's API upstream; undefined for repositories outside the project. */
  #origin(repository: string): string | undefined {
    const prefix = `${this.#project}/`;
    return repository.startsWith(prefix)
      ? `${this.#upstream}/v2/${repository.slice(prefix.length)}`
      : undefined;
  }

  /** An unreachable upstream counts as one that answers 503. */
  async #fetch(url: string): Promise<Response> {
    try {
      return await fetch(url, { headers: { accept: manifestAccept } });
    } catch {
      return new Response(null, { status: 503 });
    }
  }
}
