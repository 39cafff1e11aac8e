import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openJournal, writeFileAtomic } from '../../adapters/files/index.ts';
import {
  dockerConfigKeychain,
  firstOf,
  openLocalImages,
  type ImageRepository,
} from '../../adapters/oci/index.ts';
import { formatAddress, isLocal, type Reference } from '../../core/image/index.ts';
import { isMirrored } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, MirrorSet } from '../../core/model/index.ts';
import { copyImages } from './copy.ts';
import { distinct, pairsOf, sourcesOf } from './pairs.ts';
import { readImageList } from '../../core/knowledge/copy-lists/index.ts';
import { type CopyEvent, type CopyHint, type CopyOptions, type CopyPair, type CopyReport } from './types.ts';
import { keychainFor, type MenderOptions, openClient, openOutside } from '../../access/index.ts';
import { below, writableMirror } from './destinations.ts';

export type CopierOptions = Omit<MenderOptions, 'onEvent' | 'now'> & {
  readonly onEvent: (event: CopyEvent) => void;
};

/** What is not copied between registries and folders of this machine, but out of or into a bundle. */
export type Detour = {
  readonly source?: (reference: Reference) => ImageRepository;
  readonly target?: (reference: Reference) => ImageRepository;
  /** Where blobs are already at the target, as far as it is known. */
  readonly hints?: readonly CopyHint[];
  /** Tells the job from another one with the same images. */
  readonly job?: string;
};

/** Connections, mirrors and journal of one copying command. */
export type Copying = {
  /** The images of a list with their destinations; `to` names the writable mirror whose names the copies get. */
  readonly list: (text: string, file: string, to: string | undefined) => Promise<readonly CopyPair[]>;
  /** The images of a list alone. */
  readonly sources: (text: string, file: string) => Promise<readonly Reference[]>;
  /** Images to a writable mirror by its name, or below a registry and path. */
  readonly below: (to: string, images: readonly Reference[]) => Promise<readonly CopyPair[]>;
  readonly copy: (pairs: readonly CopyPair[], options: CopyOptions, detour?: Detour) => Promise<CopyReport>;
  /** A repository with the credentials that belong to it. */
  readonly registry: (reference: Reference) => ImageRepository;
  /** Whether the registry would take an image: an upload is begun and cancelled. Throws PM_REGISTRY_*. */
  readonly checkPush: (reference: Reference) => Promise<void>;
  readonly mirrors: MirrorSet;
  /** The writable mirror of a name. Throws PM_MIRROR_NOT_WRITABLE. */
  readonly mirror: (name: string) => Mirror;
  readonly close: () => Promise<void>;
};

/** Transfers take a connection on each side at once, so a host must have places for more than all of them. */
const connectionsPerHost = 48;
/** The longest `Retry-After` that a copy waits for; a person watches it. */
const rateWaitMs = 120_000;
/** A bad line is common on the way to a far registry. */
const retries = 4;

export async function openCopying(options: CopierOptions): Promise<Copying> {
  const { signal } = options;
  const outside = await openOutside(options);
  const { mirrors } = outside;
  const client = openClient(options, outside, { perHost: connectionsPerHost, rateWaitMs, retries });
  const docker = dockerConfigKeychain(options);
  const keychains = mirrors.mirrors.map((mirror) => ({
    mirror,
    // Who may write need not be who may read: a login of this machine counts where the configuration names none.
    keychain: firstOf(keychainFor(mirror.credentials, { ...options, kube: outside.kube }), docker),
  }));
  const callTo = (reference: Reference) => ({
    credentials: keychains.find(({ mirror }) => isMirrored(mirror, reference))?.keychain ?? docker,
    signal,
  });
  const registry = (reference: Reference) => client.repository(reference, callTo(reference));
  const local = openLocalImages({ writeFile: writeFileAtomic, openJournal });
  const tagsOf = async (repository: Reference) => await registry(repository).listTags();
  return {
    list: async (text, file, to) => {
      const mirror = to === undefined ? undefined : writableMirror(mirrors, to);
      return await pairsOf(readImageList(text, file), mirror, tagsOf);
    },
    sources: async (text, file) => {
      const found = await Promise.all(
        readImageList(text, file).map(async (entry) => await sourcesOf(entry, tagsOf)),
      );
      return found.flat();
    },
    below: async (to, images) => {
      if (/[./:]/.test(to)) return distinct(images.map((source) => ({ source, target: below(to, source) })));
      const entries = images.map((source) => ({ source, targets: [] }));
      return await pairsOf(entries, writableMirror(mirrors, to), tagsOf);
    },
    copy: async (pairs, copyOptions, detour = {}) => {
      const { source = registry, target = registry, hints = [], job = '' } = detour;
      const journal = openJournal(journalPath(options, pairs, job), readHint);
      const ways = { source, target };
      try {
        const report = await copyImages(pairs, copyOptions, {
          open: (address, use) => (isLocal(address) ? local.repository(address, use) : ways[use](address)),
          journal: { hints: [...hints, ...journal.entries], add: journal.add },
          onEvent: options.onEvent,
          signal,
          now: Date.now,
        });
        if (!copyOptions.dryRun) await local.finish();
        if (report.results.every(({ state }) => state !== 'failed')) journal.remove();
        return report;
      } finally {
        journal.close();
      }
    },
    registry,
    checkPush: async (reference) => await client.checkPush(reference, callTo(reference)),
    mirrors,
    mirror: (name) => writableMirror(mirrors, name),
    close: async () => {
      await Promise.all([client.close(), local.close(), outside.close()]);
    },
  };
}

/** One journal for each job: the same images to the same places find what an earlier run knew. */
function journalPath({ env, home }: CopierOptions, pairs: readonly CopyPair[], name: string): string {
  const stateHome = env['XDG_STATE_HOME'] || join(home || homedir(), '.local', 'state');
  const job = pairs.map(({ source, target }) => `${formatAddress(source)} ${formatAddress(target)}`);
  const key = createHash('sha256')
    .update([name, ...job.toSorted()].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return join(stateHome, 'pullmend', 'copies', `${key}.jsonl`);
}

function readHint(json: unknown): CopyHint | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { type, digest, repository, address } = json as Readonly<Record<string, unknown>>;
  if (typeof digest !== 'string' || typeof repository !== 'string') return undefined;
  if (type === 'placed') return { type, digest, repository };
  return type === 'upload' && typeof address === 'string' ? { type, digest, repository, address } : undefined;
}
