import type { ImageAddress } from '../../core/image/index.ts';
import { distinct } from './pairs.ts';
import { type CopyPair } from './types.ts';
import { openCopying, type CopierOptions, type Copying } from './copying.ts';
import { placeBelow, targetOf } from './destinations.ts';

export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from './types.ts';
export type { CopierOptions } from './copying.ts';

/** Copies images between registries, and folders and files of this machine. Every method may throw PullmendError. */
export type Copier = Pick<Copying, 'list' | 'copy' | 'close'> & {
  /**
   * Sources to one destination: its name for a single image, else the path that all of them go below; with the mirror
   * of the configuration that gives them their names there.
   */
  readonly pairs: (
    sources: readonly ImageAddress[],
    destination: string | ImageAddress,
  ) => readonly CopyPair[];
};

export async function createCopier(options: CopierOptions): Promise<Copier> {
  const copying = await openCopying(options);
  return {
    ...copying,
    pairs: (sources, destination) => {
      const several = sources.length > 1;
      return distinct(
        sources.map((source) => ({
          source,
          ...(typeof destination === 'string'
            ? placeBelow(copying.mirrors, destination, source)
            : { target: targetOf(destination, source, several) }),
        })),
      );
    },
  };
}
