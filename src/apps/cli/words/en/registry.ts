/** `find` and `mirrors`. */
export const registry = {
  labels: { origin: 'from', is: 'is', copy: 'copy' },
  standsFor: {
    certain: (image: string) => `this name stands on a mirror, for ${image}`,
    likely: (image: string) => `this name may stand on a mirror, for ${image}`,
  },
  looking: (image: string) => `asking registries for ${image}`,
  noUsable: 'no usable copy',
  usable: 'usable',
  notUsable: 'not usable',
  comparedWith: {
    pinned: 'the digest in the name',
    origin: 'the origin',
    'known-digest': 'the digest given',
    'running-pod': 'pods that ran it',
    'other-mirror': 'other mirrors',
  },
  sameAs: (what: string) => `same digest as ${what}`,
  differsFrom: (what: string) => `another digest than ${what}`,
  unverified: 'unverified: nothing to compare the digest with',
  columns: { name: 'NAME', at: 'AT', scheme: 'SCHEME', match: 'MATCH', result: 'RESULT' },
  everything: 'everything',
  presets: {
    preset: 'PRESET',
    what: 'WHAT',
    howTo: (run: string) => `add one with: ${run}`,
    own: 'for a registry of your own: give --at',
    terms: 'terms',
    source: 'source',
    added: (names: string, file: string) => `${names} added to ${file}`,
    wouldAdd: (file: string) => `would be written to ${file}:`,
    next: (run: string) => `does it work from here: ${run}`,
  },
  naming: {
    original: 'original',
    noMatch: 'does not serve it: no pattern of match fits',
    noName: 'does not serve it: the scheme has no name for it',
    own: 'is its own already',
    collision: (mirror: string, name: string, originals: string) =>
      `${mirror} gives one name to several: ${name} is ${originals}`,
  },
  notes: {
    'allow-list': () => 'gives only images that its owner listed; the ones asked for are not on that list',
    stale: (image: string) => `its copy of ${image} is not what the origin has now: older, or another image`,
    'platforms-missing': (image: string, platforms: string) => `its copy of ${image} lacks ${platforms}`,
  },
  checking: 'asking mirrors',
  check: {
    works: 'works',
    answers: 'answers, serves nothing that could be asked for',
    fails: 'fails',
  },
} as const;
