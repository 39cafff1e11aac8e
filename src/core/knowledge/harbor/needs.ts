import type { HarborUnsuitable } from '../../base/index.ts';
import type { Mirror } from '../../model/index.ts';
import { matchedHosts, mirrorHosts } from '../mirrors/index.ts';

/** A project that a mirror needs on a Harbor. */
export type HarborNeed = {
  readonly mirror: string;
  /** `host[:port]`. */
  readonly host: string;
  readonly project: string;
  /** Anybody may pull: the mirror is used without credentials. */
  readonly isPublic: boolean;
  /** Of a proxy project: the registry that it takes images from. */
  readonly upstream?: string;
};

/** `validProjectName` of Harbor (src/pkg/project/manager.go), and its length. */
const projectName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const maxNameLength = 255;

/** The projects that a mirror's names begin with, if its host is a Harbor; or why there are none. */
export function projectsOf(mirror: Mirror): readonly string[] | HarborUnsuitable {
  if (mirror.scheme === 'host-alias' || mirror.scheme === 'names') return 'scheme';
  const [, project] = mirror.at.split('/');
  if (project !== undefined) return [project];
  return mirror.scheme === 'prefix-host-path' ? (matchedHosts(mirror.match) ?? 'upstreams') : 'no-project';
}

/** Is the mirror used without credentials, so that its projects must be public. */
export function isAnonymous({ credentials, nodesHaveCredentials }: Mirror): boolean {
  return credentials.from === 'anonymous' && !nodesHaveCredentials;
}

/** What a mirror needs on a Harbor, or why nothing can be made for it. */
export function needsOf(mirror: Mirror): readonly HarborNeed[] | HarborUnsuitable {
  const projects = projectsOf(mirror);
  const [host] = mirrorHosts(mirror);
  if (typeof projects === 'string') return projects;
  if (host === undefined) return 'scheme';
  const isProxy = mirror.scheme === 'harbor-proxy';
  if (!isProxy && !mirror.writable) return 'not-writable';
  if (!projects.every((it) => projectName.test(it) && it.length <= maxNameLength)) return 'project-name';
  const isPublic = isAnonymous(mirror);
  const needs = projects.map((project) => ({ mirror: mirror.name, host, project, isPublic }));
  if (!isProxy) return needs;
  if (mirror.at.split('/').length > 2) return 'path';
  const [upstream, ...others] = matchedHosts(mirror.match) ?? [];
  if (upstream === undefined || others.length > 0) return 'upstreams';
  return needs.map((need) => ({ ...need, upstream }));
}
