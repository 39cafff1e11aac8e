import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createHub,
  listenHub,
  type ListeningHub,
  MemoryStore,
  type RegistryStore,
} from '../../src/apps/hub/index.ts';
import type { FaultRequest, HostInfo, HostState } from './api.ts';
import type { UpstreamsClient } from './client.ts';
import { placeImage, removeImages } from './images.ts';
import { type Authority, createAuthority, expiredValidity } from './net/authority.ts';
import type { Blackhole } from './net/blackhole.ts';
import { type DnsAnswer, type DnsServer, startDnsServer } from './net/dns-server.ts';
import { Gate, type GateCertificates } from './net/gate.ts';
import { FaultBoard } from './registry/fault-board.ts';
import { sendPage } from './registry/fault-replies.ts';
import { GoneStore } from './registry/gone-store.ts';
import { type RegistryContext, visitRegistry } from './registry/handler.ts';
import { ProxyStore } from './registry/proxy-store.ts';
import { RequestRing } from './registry/request-log.ts';
import { readTarget, type Target } from './registry/target.ts';
import { TokenService } from './registry/token-service.ts';
import {
  DOCKER_HUB,
  DOCKER_HUB_TOKENS,
  HARBOR,
  HARBOR_BACK_DOOR,
  type RegistrySite,
  type Site,
  siteHost,
  SITES,
} from './sites.ts';

export type UpstreamsOptions = {
  readonly authority: Authority;
  /** At least one for each site. */
  readonly addresses: readonly string[];
  readonly dns: { readonly address: string; readonly port: number };
  /** 443 and 80 in the lab; 0 for any free ones. */
  readonly ports: { readonly tls: number; readonly http: number };
  readonly blackhole: Blackhole;
};

export type Upstreams = UpstreamsClient & {
  readonly dns: Pick<DnsServer, 'address' | 'port'>;
  close(): Promise<void>;
};

/** A site as it stands: its listeners and, when it is a registry, its images. */
type House = { readonly site: Site; readonly address: string; readonly gates: readonly Gate[] };

/** Starts all sites of the outside world. Rejects when an address cannot be bound. */
export async function startUpstreams(options: UpstreamsOptions): Promise<Upstreams> {
  const world = new World(options);
  await world.start();
  return world;
}

class World implements Upstreams {
  readonly #options: UpstreamsOptions;
  readonly #board = new FaultBoard();
  readonly #ring = new RequestRing();
  readonly #tokens = new TokenService();
  readonly #stores = new Map<string, MemoryStore>();
  readonly #registries = new Map<string, RegistryContext>();
  readonly #houses = new Map<string, House>();
  #backDoor: ListeningHub | undefined;
  #dns: DnsServer | undefined;

  constructor(options: UpstreamsOptions) {
    this.#options = options;
  }

  get dns(): { readonly address: string; readonly port: number } {
    return { address: this.#options.dns.address, port: this.#dns?.port ?? this.#options.dns.port };
  }

  async start(): Promise<void> {
    const { addresses, dns } = this.#options;
    if (addresses.length < SITES.length) throw new Error(`${SITES.length} addresses needed, one a site`);
    await this.#openBackDoor();
    for (const site of SITES) if (site.kind === 'registry') this.#furnish(site);
    const stranger = await createAuthority('an authority that nobody trusts');
    await Promise.all(SITES.map((site, index) => this.#build(site, addresses[index] ?? '', stranger)));
    this.#dns = await startDnsServer(dns.address, dns.port, (name) => this.#resolve(name));
  }

  async close(): Promise<void> {
    const gates = [...this.#houses.values()].flatMap((house) => house.gates);
    await Promise.all(gates.map((gate) => gate.close()));
    await this.#dns?.close();
    await this.#backDoor?.close();
    await this.#options.blackhole.close();
  }

  async health() {
    return { ok: true, hosts: this.#houses.size, dns: `${this.dns.address}:${this.dns.port}` } as const;
  }

  async hosts(): Promise<readonly HostInfo[]> {
    return SITES.flatMap(({ host }) => {
      const house = this.#houses.get(host);
      return house === undefined ? [] : [describe(house)];
    });
  }

  async setHost(host: string, state: HostState): Promise<HostInfo> {
    const house = this.#houses.get(siteHost(host));
    if (house === undefined) throw new Error(`no host here is called ${host}`);
    for (const gate of house.gates) await gate.setState(state);
    return describe(house);
  }

  async makeImage(image: Parameters<UpstreamsClient['makeImage']>[0]) {
    return placeImage(this.#stores, image);
  }

  async deleteImages(prefix: string): Promise<number> {
    return removeImages(this.#stores, prefix);
  }

  async faults() {
    return this.#board.list();
  }

  async addFault(fault: FaultRequest): Promise<string> {
    const host = siteHost(fault.host);
    if (!this.#houses.has(host)) throw new Error(`no host here is called ${fault.host}`);
    // Docker Hub's tokens come from another host.
    const tokens = fault.only === 'token' && host === DOCKER_HUB;
    return this.#board.add({ ...fault, host: tokens ? DOCKER_HUB_TOKENS : host });
  }

  async removeFault(id: string): Promise<void> {
    if (!this.#board.remove(id)) throw new Error(`no fault has the id ${id}`);
  }

  async requests(filter: Parameters<UpstreamsClient['requests']>[0] = {}) {
    return this.#ring.read({ ...filter, ...(filter.host !== undefined && { host: siteHost(filter.host) }) });
  }

  async reset(): Promise<void> {
    this.#board.clear();
    for (const { host } of SITES) await this.setHost(host, 'up');
    await removeImages(this.#stores, '');
    this.#ring.clear();
  }

  /** harbor.lab reaches Docker Hub's images whatever the cluster sees of Docker Hub. */
  async #openBackDoor(): Promise<void> {
    const hub = createHub({ store: new GoneStore(this.#store(DOCKER_HUB), DOCKER_HUB, this.#board) });
    const handler: typeof hub.handler = async (request, response) => {
      this.#log(
        HARBOR_BACK_DOOR,
        readTarget(HARBOR_BACK_DOOR, undefined, request.url ?? '/'),
        request,
        response,
      );
      await hub.handler(request, response);
    };
    this.#backDoor = await listenHub({ hub: { store: hub.store, handler }, host: '127.0.0.1', port: 0 });
  }

  #furnish(site: RegistrySite): void {
    const own = this.#store(site.host);
    const base: RegistryStore =
      site.host === HARBOR ? new ProxyStore(own, 'proxy', this.#backDoor?.url ?? '') : own;
    const store = new GoneStore(base, site.host, this.#board);
    const exists = async (repository: string) => (await store.listTags(repository)) !== undefined;
    const context = { site, store, exists, board: this.#board, tokens: this.#tokens };
    this.#registries.set(site.host, context);
  }

  async #build(site: Site, address: string, stranger: Authority): Promise<void> {
    const plain = site.kind === 'registry' && site.plain === true;
    const { ports, authority, blackhole } = this.#options;
    const selfSigned = site.kind === 'registry' && site.selfSigned === true;
    const certificates = plain ? undefined : await issueAll(selfSigned ? stranger : authority, site.host);
    const gates = (plain ? [ports.tls, ports.http] : [ports.tls]).map((port, index) => {
      const gate: Gate = new Gate({
        address,
        port,
        ...(certificates && { certificates }),
        handler: (request, response) => void this.#serve(site, gate, request, response),
        // One rule swallows all ports of the address.
        blackhole: index === 0 ? blackhole : idle,
      });
      return gate;
    });
    for (const gate of gates) await gate.open();
    this.#houses.set(site.host, { site, address, gates });
  }

  async #serve(site: Site, gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const context = this.#registries.get(site.kind === 'token-service' ? site.registry : site.host);
    const target = readTarget(site.host, context?.site, request.url ?? '/');
    this.#log(site.host, target, request, response);
    if (context === undefined) return sendPage(response, 200, 'Welcome');
    if (site.kind === 'token-service' && target.kind !== 'token') return sendPage(response, 404, 'Not found');
    const faults = this.#board.take(site.host, target.repository, target.kind);
    const resetConnection = () => gate.reset(request);
    await visitRegistry(context, { request, response, target, faults, resetConnection }).catch(() => {
      response.destroy();
    });
  }

  #log(host: string, target: Target, request: IncomingMessage, response: ServerResponse): void {
    const settle = this.#ring.add(
      {
        host,
        client: request.socket.remoteAddress ?? '',
        method: request.method ?? '',
        path: request.url ?? '',
        repository: target.repository,
        ns: target.query.get('ns') ?? '',
      },
      () => (response.headersSent ? response.statusCode : 0),
    );
    response.on('close', settle);
  }

  #resolve(name: string): DnsAnswer {
    const house = this.#houses.get(name);
    if (house === undefined) return 'nxdomain';
    const { state } = describe(house);
    return state === 'nxdomain' || state === 'servfail' ? state : { address: house.address };
  }

  #store(host: string): MemoryStore {
    const store = this.#stores.get(host) ?? new MemoryStore();
    this.#stores.set(host, store);
    return store;
  }
}

const idle: Blackhole = { swallow: async () => {}, release: async () => {}, close: async () => {} };

async function issueAll(authority: Authority, host: string): Promise<GateCertificates> {
  const [valid, expired, wrongName] = await Promise.all([
    authority.issue(host),
    authority.issue(host, expiredValidity()),
    authority.issue('other.lab'),
  ]);
  return { valid, expired, wrongName };
}

function describe({ site, address, gates }: House): HostInfo {
  const [gate] = gates;
  return { host: site.host, address, port: gate?.port ?? 0, state: gate?.state ?? 'up' };
}
