import { closestWord, isError, PullmendError } from '../../base/index.ts';
import { formatReference, type Reference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { presets } from '../mirrors/index.ts';
import type { RequestService } from './service.ts';
import { services } from './services.data.ts';

/** An issue that is not written yet. */
export type ImageRequest = {
  readonly service: string;
  readonly repository: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Opens the prefilled form in a browser. */
  readonly link: string;
};

/**
 * The issue that asks a service for an image. Throws PM_REQUEST_SERVICE_UNKNOWN, PM_REQUEST_NEEDS_REPO for a
 * service without a repository of its own, and PM_REQUEST_REFUSED for what the service is known to refuse.
 */
export function requestFor(via: string, image: Reference, repo: string | undefined): ImageRequest {
  const service = serviceNamed(via);
  const repository = repo ?? service.repository;
  if (repository === undefined) throw new PullmendError('PM_REQUEST_NEEDS_REPO', { service: via });
  refuseWhatItRefuses(service, image);
  const title = filled(service.title, image);
  const body = filled(service.body ?? '', image);
  return {
    service: service.name,
    repository,
    title,
    body,
    labels: service.labels,
    link: linkFor(repository, { ...service, title, body }),
  };
}

/** Throws PM_REQUEST_SERVICE_UNKNOWN. */
export function serviceNamed(name: string): RequestService {
  const service = services.find((it) => it.name === name);
  if (service !== undefined) return service;
  const known = services.map((it) => it.name);
  throw new PullmendError('PM_REQUEST_SERVICE_UNKNOWN', {
    name,
    known: known.join(', '),
    didYouMean: closestWord(name, known),
  });
}

/**
 * The service to ask for an image that the mirrors lack: it fills one of them (known by its preset's place, or named
 * after the service), and takes the image.
 */
export function serviceFor(mirrors: readonly Mirror[], image: Reference): string | undefined {
  return services.find((service) => {
    const places = presets
      .filter(({ name }) => name === service.name)
      .flatMap((preset) => preset.mirrors.map(({ at }) => at));
    const fills = mirrors.some(({ name, at }) => name === service.name || places.includes(at));
    return fills && service.repository !== undefined && takes(service, image);
  })?.name;
}

function takes(service: RequestService, image: Reference): boolean {
  try {
    refuseWhatItRefuses(service, image);
    return true;
  } catch (error) {
    if (isError(error, 'PM_REQUEST_REFUSED')) return false;
    throw error;
  }
}

function refuseWhatItRefuses(service: RequestService, image: Reference): void {
  const refused = (reason: 'digest' | 'registry'): PullmendError =>
    new PullmendError('PM_REQUEST_REFUSED', {
      service: service.name,
      image: formatReference(image),
      reason,
      hosts: (service.hosts ?? []).join(', '),
    });
  if (service.refusesDigest === true && image.digest !== undefined) throw refused('digest');
  if (service.hosts !== undefined && !service.hosts.includes(image.registry)) throw refused('registry');
}

function filled(text: string, image: Reference): string {
  return text.replaceAll('{full}', formatReference(image)).replaceAll('{short}', shortName(image));
}

/** `nginx:1` for docker.io/library/nginx:1. */
function shortName(image: Reference): string {
  return formatReference(image).replace(/^docker\.io\/(?:library\/(?=[^/]+$))?/, '');
}

/** GitHub, "Creating an issue from a URL query". */
function linkFor(
  repository: string,
  { title, body = '', labels, template }: Pick<RequestService, 'title' | 'body' | 'labels' | 'template'>,
): string {
  const query = new URLSearchParams({ title, ...(body === '' ? {} : { body }), labels: labels.join(',') });
  if (template !== undefined) query.set('template', template);
  return `https://github.com/${repository}/issues/new?${query.toString()}`;
}
