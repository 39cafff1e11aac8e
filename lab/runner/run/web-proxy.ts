import { CONTROL_PLANE_ADDRESS } from '../../cluster/index.ts';
import { siteHost } from '../../upstreams/sites.ts';
import { startWebProxy } from '../staging/index.ts';
import type { Context } from './context.ts';

/** Gives the desk a way to every host of the outside world, whatever its state; `${webProxy}` is its URL. */
export async function openWebProxy(context: Context): Promise<void> {
  const hosts = await context.lab.upstreams.hosts();
  const proxy = await startWebProxy({
    address: CONTROL_PLANE_ADDRESS,
    find: (host) => Promise.resolve(hosts.find((one) => one.host === siteHost(host))),
  });
  context.captured.set('webProxy', proxy.url);
  context.cleanup.push(() => proxy.close());
}
