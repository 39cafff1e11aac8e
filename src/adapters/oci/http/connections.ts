import type { TLSSocket } from 'node:tls';
import type { Socket } from 'node:net';
import { Agent, buildConnector, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { apiHost } from '../../../core/image/index.ts';
import type { ClientOptions, HostSettings, Limits } from '../options.ts';
import { addressKind, isLoopbackHost } from '../../../core/knowledge/reach/index.ts';
import { certificatesOf } from './certificates.ts';
import { guardedLookup, refusalOf, type Reach } from './guard.ts';
import { isDown } from './network-error.ts';

/** The connections of one client: how each host is reached, and what was learnt by it. */
export class Connections {
  readonly #options: ClientOptions;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #settings: ReadonlyMap<string, HostSettings>;
  readonly #dispatchers = new Map<string, Promise<Dispatcher>>();
  readonly #addresses = new Map<string, string>();
  readonly #down = new Map<string, { readonly error: Error; readonly until: number }>();

  constructor(options: ClientOptions, limits: Limits) {
    this.#options = options;
    this.#limits = limits;
    this.#now = options.now ?? Date.now;
    this.#settings = new Map(
      Object.entries(options.hosts ?? {}).map(([host, it]) => [apiHost(host.toLowerCase()), it]),
    );
  }

  /** The address of a registry's API. */
  origin(registry: string): URL {
    const host = apiHost(registry.toLowerCase());
    const plain = this.#settings.get(host)?.plainHttp === true;
    return new URL(`${plain ? 'http' : 'https'}://${host}/`);
  }

  /** What a request may reach that this registry sends the client to. */
  reachFrom(registry: URL): Reach {
    const address = this.#addresses.get(registry.host) ?? registry.hostname;
    return (addressKind(address) ?? 'public') !== 'public' || isLoopbackHost(address) ? 'inside' : 'public';
  }

  /** The dispatcher for a request. Throws at once for a host that could not be connected to a moment ago. */
  async dispatcher(url: URL, reach: Reach): Promise<Dispatcher> {
    const down = this.#down.get(url.host);
    if (down !== undefined && down.until > this.#now()) throw down.error;
    const refusal = refusalOf(url.hostname, reach);
    if (refusal !== undefined) throw refusal;
    const key = `${url.origin} ${reach}`;
    const known = this.#dispatchers.get(key) ?? this.#open(url, reach);
    this.#dispatchers.set(key, known);
    return known;
  }

  async close(): Promise<void> {
    const open = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    await Promise.allSettled(open.map(async (dispatcher) => (await dispatcher).destroy()));
  }

  async #open(url: URL, reach: Reach): Promise<Dispatcher> {
    const settings = this.#settingsOf(url);
    const tls = { timeout: this.#limits.connectMs, allowH2: false, ...(await certificatesOf(settings)) };
    const lookup = guardedLookup(reach, this.#options.resolve);
    const connect = this.#connector(url, reach, settings, buildConnector({ ...tls, lookup }));
    const proxies = proxiesOf(this.#options.env ?? {});
    if (proxies === undefined || settings.dial !== undefined || isLoopbackHost(url.hostname)) {
      return new Agent({ connect });
    }
    return new EnvHttpProxyAgent({
      ...proxies,
      connect,
      requestTls: tls,
      proxyTls: { timeout: this.#limits.connectMs },
    });
  }

  #settingsOf(url: URL): HostSettings {
    const port = url.port || (url.protocol === 'http:' ? '80' : '443');
    return this.#settings.get(url.host) ?? this.#settings.get(`${url.hostname}:${port}`) ?? {};
  }

  #connector(
    url: URL,
    reach: Reach,
    { dial }: HostSettings,
    connect: buildConnector.connector,
  ): buildConnector.connector {
    return (options, callback) => {
      const target = dial === undefined ? options : { ...options, ...dialled(options, dial) };
      connect(target, (...[error, socket]: buildConnector.CallbackArgs) => {
        if (error !== null) {
          if (isDown(error)) this.#down.set(url.host, { error, until: this.#now() + this.#limits.downMs });
          callback(error, null);
          return;
        }
        const refusal = this.#learn(url, reach, socket);
        if (refusal === undefined) callback(null, socket);
        else callback(refusal, null);
      });
    };
  }

  #learn(url: URL, reach: Reach, socket: Socket | TLSSocket): Error | undefined {
    const address = socket.remoteAddress ?? '';
    const refusal = refusalOf(address, reach);
    if (refusal === undefined) this.#addresses.set(url.host, address);
    else socket.destroy();
    return refusal;
  }
}

function dialled(options: buildConnector.Options, dial: { readonly host: string; readonly port: number }) {
  const named = { hostname: dial.host, port: String(dial.port) };
  return options.protocol === 'https:'
    ? { ...named, servername: options.servername || options.hostname }
    : named;
}

/** The proxy variables as undici takes them; an empty text keeps it from reading the process's own. */
function proxiesOf(env: Readonly<Record<string, string | undefined>>) {
  const httpProxy = env['http_proxy'] || env['HTTP_PROXY'] || '';
  const httpsProxy = env['https_proxy'] || env['HTTPS_PROXY'] || '';
  const noProxy = env['no_proxy'] || env['NO_PROXY'] || '';
  return httpProxy === '' && httpsProxy === '' ? undefined : { httpProxy, httpsProxy, noProxy };
}
