/** `find` and `mirrors`. */
export const registry = {
  labels: { origin: 'from', copy: 'copy' },
  looking: (image: string) => `asking registries for ${image}`,
  noUsable: 'no usable copy',
  usable: 'usable',
  notUsable: 'not usable',
  comparedWith: {
    pinned: 'the digest in the name',
    origin: 'the origin',
    'running-pod': 'pods that ran it',
    'other-mirror': 'other mirrors',
  },
  sameAs: (what: string) => `same digest as ${what}`,
  differsFrom: (what: string) => `another digest than ${what}`,
  unverified: 'unverified: nothing to compare the digest with',
  columns: { name: 'NAME', at: 'AT', scheme: 'SCHEME', match: 'MATCH', result: 'RESULT' },
  everything: 'everything',
  checking: 'asking mirrors',
  check: {
    works: 'works',
    answers: 'answers, serves nothing that could be asked for',
    fails: 'fails',
  },
} as const;
