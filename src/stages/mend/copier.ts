import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadMirrorSet } from '../../adapters/config/index.ts';
import { openJournal } from '../../adapters/files/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { formatReference, type Reference } from '../../core/image/index.ts';
import type { Mirror, MirrorSet } from '../../core/model/index.ts';
import {
  copyImages,
  pairsOf,
  readImageList,
  taggedLike,
  type CopyEvent,
  type CopyHint,
  type CopyOptions,
  type CopyPair,
  type CopyReport,
} from '../copy/index.ts';
import type { MenderOptions } from './outside.ts';
import { openClient } from './registries.ts';

export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from '../copy/index.ts';

export type CopierOptions = Pick<MenderOptions, 'config' | 'env' | 'home' | 'signal' | 'hosts'> & {
  readonly onEvent: (event: CopyEvent) => void;
};

/** Copies images between registries. Every method may throw PullmendError. */
export type Copier = {
  /** Sources to one destination: its name for a single image, else the path that all of them go below. */
  readonly pairs: (sources: readonly Reference[], destination: string | Reference) => readonly CopyPair[];
  /** The images of a list; `to` names the writable mirror whose names the copies get. */
  readonly list: (text: string, file: string, to: string | undefined) => Promise<readonly CopyPair[]>;
  readonly copy: (pairs: readonly CopyPair[], options: CopyOptions) => Promise<CopyReport>;
  readonly close: () => Promise<void>;
};

/** Transfers take a connection on each side at once, so a host must have places for more than all of them. */
const connectionsPerHost = 48;
/** The longest `Retry-After` that a copy waits for; a person watches it. */
const rateWaitMs = 120_000;
/** A bad line is common on the way to a far registry. */
const retries = 4;

export async function createCopier(options: CopierOptions): Promise<Copier> {
  const { env, home, signal } = options;
  const mirrors = await loadMirrorSet({ path: options.config, env, home });
  const client = openClient(options, mirrors, { perHost: connectionsPerHost, rateWaitMs, retries });
  const open = (reference: Reference) => client.repository(reference, { signal });
  return {
    pairs: (sources, destination) =>
      sources.map((source) => ({ source, target: below(destination, source) })),
    list: async (text, file, to) =>
      await pairsOf(
        readImageList(text, file),
        to === undefined ? undefined : writableMirror(mirrors, to),
        async (repository) => await open(repository).listTags(),
      ),
    copy: async (pairs, copyOptions) => {
      const path = journalPath(options, pairs);
      const journal = openJournal(path, readHint);
      try {
        const report = await copyImages(pairs, copyOptions, {
          open,
          journal: { hints: journal.entries, add: journal.add },
          onEvent: options.onEvent,
          signal,
          now: Date.now,
        });
        if (report.results.every(({ state }) => state !== 'failed')) journal.remove();
        return report;
      } finally {
        journal.close();
      }
    },
    close: client.close,
  };
}

function below(destination: string | Reference, source: Reference): Reference {
  if (typeof destination !== 'string') return taggedLike(source, destination);
  const [registry = '', ...path] = destination.split('/').filter((part) => part !== '');
  return taggedLike(source, { registry, repository: [...path, source.repository].join('/') });
}

/** Throws PM_MIRROR_NOT_WRITABLE. */
function writableMirror({ mirrors }: MirrorSet, name: string): Mirror {
  const writable = mirrors.filter((mirror) => mirror.writable);
  const found = writable.find((mirror) => mirror.name === name);
  if (found !== undefined) return found;
  const known = writable.map((mirror) => mirror.name).join(', ');
  throw new PullmendError('PM_MIRROR_NOT_WRITABLE', { mirror: name, known });
}

/** One journal for each job: the same images to the same places find what an earlier run knew. */
function journalPath({ env, home }: CopierOptions, pairs: readonly CopyPair[]): string {
  const stateHome = env['XDG_STATE_HOME'] || join(home || homedir(), '.local', 'state');
  const job = pairs.map(({ source, target }) => `${formatReference(source)} ${formatReference(target)}`);
  const key = createHash('sha256').update(job.toSorted().join('\n')).digest('hex').slice(0, 16);
  return join(stateHome, 'pullmend', 'copies', `${key}.jsonl`);
}

function readHint(json: unknown): CopyHint | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { type, digest, repository, address } = json as Readonly<Record<string, unknown>>;
  if (typeof digest !== 'string' || typeof repository !== 'string') return undefined;
  if (type === 'placed') return { type, digest, repository };
  return type === 'upload' && typeof address === 'string' ? { type, digest, repository, address } : undefined;
}
