import { setTimeout as sleep } from 'node:timers/promises';
import { openIssues, type Issue } from '../../adapters/github/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { chooseCopy } from '../../core/choose/index.ts';
import { formatReference, parseReference, type Reference } from '../../core/image/index.ts';
import {
  otherNames,
  requestFor,
  serviceNamed,
  type ImageRequest,
} from '../../core/knowledge/requests/index.ts';
import type { Candidate, Supply } from '../../core/model/index.ts';
import { supply } from '../../stages/supply/index.ts';
import type { MenderOptions, World } from '../../access/index.ts';

export type RequestOptions = {
  readonly via: string;
  /** `owner/name`; absent: the repository of the service. */
  readonly repo?: string;
  /** Opens the issue; asked before it is sent. */
  readonly create: boolean;
  readonly confirm: (request: ImageRequest) => Promise<boolean>;
  /** Seconds to look for the copy; absent: not at all. */
  readonly waitSeconds?: number;
  /** A copy with nothing to compare its digest with will do. */
  readonly allowUnverified: boolean;
  readonly onRequest: (request: ImageRequest, issue: Issue | undefined) => void;
  /** Seconds between two looks; services take minutes. */
  readonly everySeconds?: number;
};

export type RequestResult = {
  readonly request: ImageRequest;
  readonly issue?: Issue;
  /** Was wanted, and nobody said yes. */
  readonly declined: boolean;
  /** The copy that was waited for. */
  readonly found?: Candidate;
};

const everySecondsByDefault = 30;

/**
 * Asks a service for a copy of an image and, where wanted, looks on the mirrors until it is there. What the service
 * answers is not read: only a manifest with the right digest counts.
 */
export async function requestImage(
  image: string,
  options: RequestOptions,
  world: World,
): Promise<RequestResult> {
  const reference = parseReference(image);
  const request = requestFor(options.via, reference, options.repo);
  const issues = options.create ? issuesOf(request.repository, world.options) : undefined;
  const declined = issues !== undefined && !(await options.confirm(request));
  if (declined) return { request, declined };
  const issue = await issues?.create(request);
  options.onRequest(request, issue);
  const found =
    options.waitSeconds === undefined
      ? undefined
      : await waitFor(reference, options.waitSeconds, options, world);
  return {
    request,
    declined,
    ...(issue === undefined ? {} : { issue }),
    ...(found === undefined ? {} : { found }),
  };
}

/** Issues of a repository with the token of the environment. Throws PM_GITHUB_TOKEN. */
export function issuesOf(repository: string, { env, signal }: Pick<MenderOptions, 'env' | 'signal'>) {
  const token = env['GITHUB_TOKEN'] || env['GH_TOKEN'];
  if (!token) throw new PullmendError('PM_GITHUB_TOKEN', {});
  return openIssues({ repository, token, api: env['GITHUB_API_URL'] || undefined, signal });
}

async function waitFor(
  image: Reference,
  seconds: number,
  { via, allowUnverified, everySeconds = everySecondsByDefault }: RequestOptions,
  world: World,
): Promise<Candidate> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const answered = await lookFor(image, via, world);
    const choice = chooseCopy(answered, { allowUnverified });
    if (choice.ok) return choice.copy;
    const { candidates } = answered;
    if (performance.now() + everySeconds * 1000 > until) {
      const names = candidates.map((it) => `${it.reference} (${it.probe.outcome}, ${it.identity})`);
      throw new PullmendError('PM_REQUEST_NOT_SERVED', {
        image: formatReference(image),
        minutes: Math.round(seconds / 60),
        names: names.join(', '),
      });
    }
    await sleep(everySeconds * 1000, undefined, { signal: world.options.signal });
  }
}

async function lookFor(
  image: Reference,
  via: string,
  { options, outside, registries }: World,
): Promise<Supply> {
  const service = serviceNamed(via);
  const alsoAt = outside.mirrors.mirrors.flatMap((mirror) =>
    otherNames(service, mirror, image).map((reference) => ({ mirror, reference })),
  );
  const [found] = await supply(
    {
      images: [{ image: formatReference(image), knownDigests: [], alsoAt }],
      mirrors: outside.mirrors,
      platforms: [],
    },
    { probe: registries.probe, signal: options.signal },
  );
  if (found === undefined) throw new PullmendError('PM_INTERNAL', { message: 'no supply for one image' });
  return found;
}
