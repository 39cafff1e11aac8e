import { counted } from '../../../../core/i18n/index.ts';

/** `bundle`. */
export const bundle = {
  volumes: counted('volume', 'volumes'),
  made: (index: string, volumes: string, bytes: string) => `${index} · ${volumes} · ${bytes}`,
  needs: (n: number) => `${n} blobs left out: the far side has them`,
  unfinished: 'no bundle yet: an image failed; the same command goes on from here',
  sound: 'every byte is as it was made',
  carryAgain: 'carry these files over again',
  diff: (added: number, changed: number, removed: number, same: number) =>
    `${added} new · ${changed} changed · ${removed} not in it · ${same} the same`,
  brings: (blobs: number, bytes: string) => `brings ${blobs} blobs (${bytes}) beyond what is there`,
  needsOut: 'give the bundle a name with --out',
  needsImages: 'name images, or a list with --from-file, or manifests with -f',
  needsTo: 'say where it goes with --to: a writable mirror, or HOST/PATH',
  diffOf: 'give two bundles, or one bundle and --have',
} as const;
