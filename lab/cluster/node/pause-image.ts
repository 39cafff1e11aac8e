import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packTar, type TarEntry } from 'modern-tar';
import { PAUSE_IMAGE } from './configuration.ts';

/** GOARCH of the architectures Node runs on, as image configs write them. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * A one-layer image with the pause program as a `docker save` archive
 * (Docker Image Specification v1.2, "Combined Image JSON + Filesystem Changeset Format").
 */
export async function packPauseImage(program: string): Promise<Uint8Array> {
  const layer = await packTar([file('pause', readFileSync(program), 0o755)]);
  const config = JSON.stringify({
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: 'linux',
    config: { Entrypoint: ['/pause'], User: '65535:65535' },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created_by: 'pullmend lab' }],
  });
  const configName = `${sha256(config)}.json`;
  const manifest = [{ Config: configName, RepoTags: [PAUSE_IMAGE], Layers: ['layer.tar'] }];
  return packTar([
    file(configName, Buffer.from(config)),
    file('layer.tar', layer),
    file('manifest.json', Buffer.from(JSON.stringify(manifest))),
  ]);
}

function file(name: string, body: Uint8Array<ArrayBuffer>, mode = 0o644): TarEntry {
  // A fixed time: the same program always gives the same digest.
  return { header: { name, size: body.length, mode, mtime: new Date(0) }, body };
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
