import { apiHost, sameRegistry, tryParseReference } from '../../image/index.ts';
import { hostRules, type HostKind } from './hosts.data.ts';

/** The part that an endpoint plays in the pull. */
export type EndpointRole = 'registry' | 'mirror' | 'token' | 'blob-store' | 'proxy' | 'unknown';

/** Who failed or answered. */
export type Endpoint = {
  /** `host[:port]` as in the text. */
  readonly host: string;
  readonly role: EndpointRole;
  /** What the host's name tells; absent for hosts that nothing is known about. */
  readonly kind?: HostKind;
  /** The registry that a mirror was asked for (`?ns=`). */
  readonly namespace?: string;
  /** Stands for "this machine" or a private network: no public registry. */
  readonly local: boolean;
};

type Found = { readonly host: string; readonly path: string; readonly role?: EndpointRole };

/** Pages that registries point to in their texts; never the endpoint. */
const documentation =
  /^(?:www\.docker\.com|docs?\.[\w.-]+|aka\.ms|github\.com|hub\.docker\.com|www\.[\w.-]+|dashboard\.[\w.-]+|access\.redhat\.com|cloud\.google\.com|kubernetes\.io|helm\.sh|metadata\.google\.internal)$/;

const urlHost = /\bhttps?:\/\/(?:[^\s/"'@]*@)?((?:[\w.-]+|\[[0-9a-fA-F:%.]+\])(?::\d{1,5})?)([^\s"'<>\\]*)/gi;

/**
 * The endpoint that a text is about, in this order: the last URL that was requested, the host that was looked up,
 * the registry that a client says it talked to, the address that was dialled, the image's own registry.
 *
 * @param asked the host that a log names beside the text; a proxy on the way comes before it.
 */
export function findEndpoint(text: string, image?: string, asked?: string): Endpoint | undefined {
  const named = image ?? imageOfText(text);
  const registry = named === undefined ? undefined : tryParseReference(named)?.registry;
  const found =
    proxyOf(text) ??
    askedHost(asked, text, registry) ??
    urlOf(text) ??
    lookupOf(text) ??
    talkedTo(text) ??
    dialled(text);
  if (found !== undefined) return endpointOf(found, registry);
  return registry === undefined ? undefined : endpointOf({ host: apiHost(registry), path: '' }, registry);
}

/** What the name of a host tells about it. */
export function hostKind(host: string): HostKind | undefined {
  const name = withoutPort(host);
  return hostRules.find((rule) => rule.pattern.test(name))?.kind;
}

/** The image that a message names, when it names one. */
export function imageOfText(text: string): string | undefined {
  // A short name that several registries were asked for: the shortest way in which it is written.
  if (/\berrors? occurred while pulling\b/.test(text)) {
    const tried = [...text.matchAll(/\bdocker:\/\/([\w./-]{1,255}(?::[\w.-]{1,128})?)(?=: )/g)];
    const [shortest] = tried.map(([, name = '']) => name).toSorted((a, b) => a.length - b.length);
    if (shortest !== undefined) return shortest;
  }
  // docker up to 1.12 told the tag apart.
  const [, tag, name] =
    /\bError pulling image \(([\w.-]{1,128})\) from ([\w./:-]{1,255}\w)(?=,)/.exec(text) ?? [];
  if (tag !== undefined && name !== undefined) return `${name}:${tag}`;
  const found =
    /\b(?:image|image name|image tag|short-name|reference|ref|PullImage)[\s=](?:"([^"\s]{1,512})"|`([^`\s]{1,512})`)/.exec(
      text,
    ) ??
    /\bdocker:\/\/([^\s"',:]+(?::\d+\/[^\s"',:]+)?(?::\w(?:[\w-]|\.(?!\.)){0,127})?)/.exec(text) ??
    // skaffold repeats what a container waits for.
    /\bis waiting to start: ([a-z0-9][\w.-]{0,200}[:/][\w./:@-]{1,320}\w) can't be pulled\b/.exec(text) ??
    // The older registry of OpenShift, which pulls through.
    /\bunable to pull manifest from ([\w./:@-]{1,512}\w)(?=: )/.exec(text) ??
    // ctr and BuildKit begin with the name alone.
    /^\s{0,8}(?:ERROR: )?([a-z0-9][\w.-]{0,200}(?:[.:][\w-]{1,60})?\/[\w./-]{1,320}[:@][\w.:-]{1,128}\w)(?=: (?:failed to|unexpected status|pull access denied|no match|not found))/.exec(
      text,
    ) ??
    /\b(?:No such image: |unable to pin image |(?:load|resolve source) metadata for )([\w./:@-]{1,512}\w)(?=[\s:"]|$)/.exec(
      text,
    ) ??
    /\bmanifest for ([\w./:@-]{1,255}\w) not found/.exec(text) ??
    // BuildKit; kubeadm up to 1.12; minikube.
    /\bfailed to solve: ([a-z0-9][\w.-]{0,200}[:/][\w./:@-]{1,320}\w)(?=: )/.exec(text) ??
    /\b[Ff]ailed to pull image \[([^\]\s]{1,512})\]/.exec(text) ??
    /\bpull(?:ing)? "([a-z0-9][\w.-]{0,200}[:/][\w./:@-]{1,320}\w)"(?=: )/.exec(text) ??
    /\b[Ii]mage ([\w./-]{1,255}:[\w.-]{1,128}) not found/.exec(text) ??
    /\bimage name ([a-z0-9][\w.:/-]{0,255}) returns ambiguous list\b/.exec(text) ??
    /\b(?:pull(?:ing)?|get(?:ting)?(?: runtime)?|download(?:ing)?|fetch(?:ing)?) (?:the )?(?:docker |container |runtime )?image:? '?([a-z0-9][\w.-]{0,200}[:/][\w./:@-]{1,320}\w)'?(?=:?\s|:?$)/i.exec(
      text,
    ) ??
    // A credential provider of the kubelet, which the plugin's own words follow.
    /\b(?:resolve ref(?:erence)?|credential provider plugin [\w.-]{1,100} for image) ([a-z0-9][\w.-]{0,200}[:/][\w./:@-]{1,320}\w)(?=: )/.exec(
      text,
    ) ??
    /\bpull access denied for ([\w./:-]{1,255}\w)/.exec(text) ??
    /\b[Ii]mage pull failed: ([a-z0-9][\w.-]{0,200}[:/][\w./:@-]{1,320}\w)$/.exec(text);
  return found?.[1] ?? found?.[2];
}

function endpointOf(found: Found, registry: string | undefined): Endpoint {
  const host = found.host.toLowerCase();
  const kind = hostKind(host);
  const namespace = /[?&]ns=([^&\s]+)/.exec(found.path)?.[1];
  const role = found.role ?? roleOf(host, found.path, kind, registry, namespace);
  return {
    host,
    role,
    local: isLocal(host),
    ...(kind !== undefined && { kind }),
    ...(namespace !== undefined && { namespace: decode(namespace) }),
  };
}

function roleOf(
  host: string,
  path: string,
  kind: HostKind | undefined,
  registry: string | undefined,
  namespace: string | undefined,
): EndpointRole {
  if (kind === 'token' || kind === 'blob-store') return kind;
  if (/[?&](?:service|scope)=/.test(path) || /^[^?]*\/(?:token|jwt\/auth)(?:[?:]|$)/.test(path))
    return 'token';
  if (namespace !== undefined) return 'mirror';
  if (registry !== undefined && sameRegistry(host) === sameRegistry(registry)) return 'registry';
  if (kind === 'mirror' || kind === 'mirror-like') return 'mirror';
  if (registry === undefined || /^[\d.]+(?::\d+)?$|^\[/.test(host)) return 'unknown';
  // registry.k8s.io sends clients to its own back ends; any other registry that answers on /v2/ is a mirror.
  if (kind === 'private-capable' && host.endsWith('.pkg.dev')) return 'blob-store';
  return path.startsWith('/v2/') ? 'mirror' : 'unknown';
}

function proxyOf(text: string): Found | undefined {
  const found =
    /\bproxyconnect tcp: (?:dial tcp:? )?(?:lookup )?(\[[^\]\s]+\]:\d+|[\w.-]+(?::\d+)?)(?=[:\s])/.exec(text);
  const host = found?.[1];
  // `proxyconnect tcp: tls: …` and `proxyconnect tcp: EOF` name no address.
  return host === undefined || !/[.:]/.test(host) ? undefined : { host, path: '', role: 'proxy' };
}

function askedHost(host: string | undefined, text: string, registry: string | undefined): Found | undefined {
  if (host === undefined || host === '') return undefined;
  const found = { host, path: urlOf(text)?.path ?? '' };
  const isOther = registry !== undefined && sameRegistry(host.toLowerCase()) !== sameRegistry(registry);
  const kind = hostKind(host);
  return isOther && kind !== 'token' && kind !== 'blob-store' ? { ...found, role: 'mirror' } : found;
}

function urlOf(text: string): Found | undefined {
  let last: Found | undefined;
  for (const match of text.matchAll(urlHost)) {
    const [, host, path] = match;
    if (host !== undefined && !documentation.test(host))
      last = { host: host.replace(/\.$/, ''), path: path ?? '' };
  }
  return last;
}

function lookupOf(text: string): Found | undefined {
  const host = /\blookup ([\w.-]{1,255})(?=[\s:])/.exec(text)?.[1];
  return host === undefined ? undefined : { host: host.replace(/\.$/, ''), path: '' };
}

function talkedTo(text: string): Found | undefined {
  const host =
    /\bpinging (?:container|docker) registry ([\w.:-]{1,255}\w)/i.exec(text)?.[1] ??
    /\bpulling from host ([\w.:-]{1,255}\w)/.exec(text)?.[1] ??
    /\b(?:registry|login attempt to) ([\w-]+(?:\.[\w-]+)+(?::\d+)?)/.exec(text)?.[1] ??
    /\bmanifest \S{1,128} in ([\w.-]+(?::\d+)?)\//.exec(text)?.[1] ??
    /\bdocker:\/\/([\w-]+(?:\.[\w-]+)+(?::\d+)?)\//.exec(text)?.[1];
  return host === undefined ? undefined : { host: host === 'docker.io' ? apiHost(host) : host, path: '' };
}

function dialled(text: string): Found | undefined {
  const host =
    /\bdial tcp6?4? (\[[^\]\s]{1,64}\]:\d+|[\d.]+:\d+)/.exec(text)?.[1] ??
    /\bread tcp [^\s>]{1,80}->(\[[^\]\s]{1,64}\]:\d+|[\d.]+:\d+)/.exec(text)?.[1];
  return host === undefined ? undefined : { host, path: '' };
}

function withoutPort(host: string): string {
  return host.startsWith('[') ? host.replace(/\]:\d+$/, ']') : host.replace(/:\d+$/, '');
}

function isLocal(host: string): boolean {
  const name = withoutPort(host);
  return (
    /^(?:localhost|kind-registry|registry|0\.0\.0\.0|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|\[::1\])$/.test(
      name,
    ) ||
    /\.(?:svc|local|internal|lan|corp|home|localdomain|test)$|\.svc\.[\w.-]+$/.test(name) ||
    !/[.[]/.test(name)
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
