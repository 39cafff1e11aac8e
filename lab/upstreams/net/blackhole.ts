import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Makes an address of this network namespace swallow every packet that is sent to it. */
export type Blackhole = {
  swallow(address: string): Promise<void>;
  release(address: string): Promise<void>;
  /** Takes away all that was put in place. */
  close(): Promise<void>;
};

const run = promisify(execFile);

/** A chain of our own: what a killed process left behind is found and flushed by its name. */
const CHAIN = 'PULLMEND-HANG';

/**
 * Drops TCP packets by iptables, in the network namespace of this process; DNS (UDP) is not touched. Takes away what a
 * killed process left; puts nothing in place before the first address, which is also when it shows whether iptables may
 * be used here.
 */
export async function createBlackhole(): Promise<Blackhole> {
  await removeChain();
  let chain: Promise<void> | undefined;
  return {
    swallow: async (address) => {
      chain ??= createChain();
      await chain;
      await iptables('-A', CHAIN, '-d', address, '-j', 'DROP');
    },
    release: (address) => iptables('-D', CHAIN, '-d', address, '-j', 'DROP'),
    close: async () => {
      if (chain !== undefined) await removeChain();
      chain = undefined;
    },
  };
}

async function createChain(): Promise<void> {
  await iptables('-N', CHAIN);
  await iptables('-I', 'INPUT', '-p', 'tcp', '-j', CHAIN);
}

async function removeChain(): Promise<void> {
  await iptables('-D', 'INPUT', '-p', 'tcp', '-j', CHAIN).catch(() => {});
  await iptables('-F', CHAIN).catch(() => {});
  await iptables('-X', CHAIN).catch(() => {});
}

async function iptables(...args: readonly string[]): Promise<void> {
  await run('iptables', ['--wait', ...args]);
}
