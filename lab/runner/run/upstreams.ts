import { substitute, type Image, type UpstreamsChange } from '../file/index.ts';
import { lastPart } from '../world/index.ts';
import { check, variablesOf, type Context } from './context.ts';

/** Makes the outside world what a scenario says it is from now on; the end of the scenario takes it back. */
export async function changeUpstreams(context: Context, template: UpstreamsChange): Promise<void> {
  const { upstreams } = context.lab;
  const { hosts, images, faults, mended } = substitute(template, variablesOf(context));
  const before = Object.keys(hosts).length === 0 ? [] : await upstreams.hosts();
  for (const [name, state] of Object.entries(hosts)) {
    const { host } = await upstreams.setHost(name, state);
    const was = before.find((one) => one.host === host)?.state ?? 'up';
    // Cleaning up goes backwards: what was first is put back last.
    context.cleanup.push(async () => void (await upstreams.setHost(host, was)));
  }
  await makeImages(context, images);
  for (const { id, ...fault } of faults) {
    const made = await upstreams.addFault(defined(fault));
    context.faults.set(id ?? made, made);
    context.cleanup.push(async () => {
      if (context.faults.delete(id ?? made)) await upstreams.removeFault(made);
    });
  }
  for (const id of mended) {
    const made = context.faults.get(id);
    check(context, `fault ${id} ends`, made !== undefined, made ?? 'there is no such fault');
    if (context.faults.delete(id) && made !== undefined) await upstreams.removeFault(made);
  }
}

/** Puts images into the registries and keeps their digests. */
export async function makeImages(context: Context, images: readonly Image[]): Promise<void> {
  for (const { id, ...image } of images) {
    const made = await context.lab.upstreams.makeImage(defined(image));
    context.digests.set(id ?? lastPart(image.name), made);
  }
}

/** An optional field of the file is absent for the upstreams, not undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
