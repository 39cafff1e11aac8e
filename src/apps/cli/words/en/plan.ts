import { counted } from '../../../../core/i18n/index.ts';

const restartNote = { none: '', reload: ', read anew', restart: ', restart of the runtime' } as const;

/** What will be done and what it touches. */
export const plan = {
  field: {
    image: 'image',
    pullPolicy: 'pull policy',
    pullSecret: 'pull secret',
    env: 'environment',
  },
  replacePods: (pods: string) => `delete ${pods}; the controller makes new ones`,
  upgrade: (values: string) => `helm upgrade with ${values}`,
  upgradeFlat: 'helm upgrade with the stored manifest in place of its chart',
  noHooks: 'hooks of the chart are not run',
  nextUpgrade: (values: string) => `give the next helm upgrade: ${values}`,
  notByValues: (why: string) => `not by the values of its release: ${why}`,
  valuesRefusals: {
    'no-helm': 'there is no helm here',
    'no-right': 'it cannot be read',
    unfinished: 'it is not finished',
    'no-chart': 'its chart cannot be had',
    'no-value': 'no value moves the image; helm upgrade takes --post-renderer pullmend',
    'other-changes': 'an upgrade would also change',
    edited: 'an upgrade would take back what somebody wrote',
    'older-helm': 'Helm 4 made it, and the helm here is older',
    login: 'what must change too',
    fails: 'helm refuses',
  },
  recreate: 're-create with the new image',
  pullSecret: (host: string) => `pull secret for ${host}`,
  copy: (mirror: string) => `copy to ${mirror}`,
  nodeFiles: (node: string, files: string, mirrors: string, restart: 'none' | 'reload' | 'restart') =>
    `${mirrors === '' ? '' : `mirrors ${mirrors} `}on ${node}: ${files}${restartNote[restart]}`,
  pullOnNodes: (nodes: string) => `pulled by ${nodes}`,
  nameOnNodes: (sources: string, nodes: string) =>
    `${sources} pulled by ${nodes} and named as the original there`,
  loadOnNodes: (nodes: string, bytes: string, throughApi: boolean) =>
    bytes === ''
      ? `named on ${nodes}, which have its layers by then`
      : `sent to ${nodes}: ${bytes} that they lack${throughApi ? ', through the API server' : ''}`,
  defaultClass: (claims: string) => `becomes the default StorageClass, for which ${claims}`,
  ofCluster: 'Beside images:',
  noDefaultClass: 'is a default StorageClass no longer',
  madeNow: 'made now',
  lines: (numbers: readonly number[]) => `${numbers.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}`,
  overwrittenBy: (what: string) => `${what} will overwrite it`,
  loss: {
    'completed-pods': (_names: string, pods: string) =>
      `loses ${pods} of work that is done, with the logs, for good`,
    'running-containers': (names: string, pods: string) =>
      `stops containers that run now: ${names === '' ? `those of ${pods}` : names}`,
    'guarded-pods': (_names: string, pods: string, guard: string) =>
      `restarts ${pods} healthy now, though PodDisruptionBudget ${guard} lets none go`,
    'node-files': (names: string) => `changes files of the node: ${names}`,
    'default-class': (names: string) => `new claims that name no class get ${names} alone from then on`,
    'runtime-restart': (names: string) =>
      `starts ${names} of the node anew: containers go on, for some seconds none can start there`,
  },
  follows: (objects: string, keeper: string) =>
    `${objects} ${keeper === '' ? 'takes its image from there' : `takes its image from there; changed itself, it would be put back by ${keeper}`}`,
  keptBy: (who: string, does: string) =>
    does === ''
      ? `${who} keeps the old name in the object: change it there for good; until then this holds`
      : `${who} ${does}: change it in its source for good; until then this holds`,
  copyQuestion: (image: string, copy: string, mirror: string) =>
    `${image}: nothing proves that ${copy} of the public mirror ${mirror} is the same image. Use it this once?`,
  lossQuestion: (object: string, loss: string) => `${object}: ${loss}. Go on?`,
  replaces: (pods: string) => `the controller replaces ${pods} running now`,
  onlyPolicy:
    'the nodes have the image and start it as it is; a tag that moves is then no longer followed, and nodes that lack the image still cannot pull it',
  untried: {
    webhook: (words: string) => `a webhook could not be tried: ${words}`,
    quota: (words: string) => `the quota has room only once the old one is gone: ${words}`,
    pods: (words: string) => `its pods could not be tried: ${words}`,
    'put-back': (words: string) => `the old one would not be let in again: ${words}`,
    refused: (words: string) => `the cluster refuses it now: ${words}`,
  },
  lossLeftOut: (object: string, flag: string) => `left out: ${object} (say yes with ${flag})`,
  lossDeclined: (object: string) => `left out: ${object}`,
  reach: (where: string) => `plan: ${where}`,
  inPlaces: (changes: string, places: string) => `${changes} in ${places}`,
  nothingLost: 'nothing destructive',
  destructive: (n: number) => `${n} destructive (asked one by one)`,
  unverified: counted('unverified copy', 'unverified copies'),
  shouldStart: (pods: string) => `${pods} should start`,
  nothing: 'plan: nothing can be done from here',
  written: (path: string, program: string) => `plan written to ${path} · ${program} apply ${path}`,
  diff: {
    delete: (object: string) => `delete ${object}`,
    secret: (namespace: string, host: string) =>
      `Secret in ${namespace} with the credentials of ${host} (not shown)`,
    copy: (target: string, digest: string) => `${target} with digest ${digest}`,
    values: (release: string) => `values that join those of ${release}`,
    absent: '(not set)',
  },
} as const;
