import { counted } from '../../../../core/i18n/index.ts';

/** What will be done and what it touches. */
export const plan = {
  field: {
    image: 'image',
    pullPolicy: 'pull policy',
    pullSecret: 'pull secret',
    env: 'environment',
  },
  replacePods: (pods: string) => `delete ${pods}; the controller makes new ones`,
  recreate: 're-create with the new image',
  pullSecret: (host: string) => `pull secret for ${host}`,
  copy: (mirror: string) => `copy to ${mirror}`,
  madeNow: 'made now',
  lines: (numbers: readonly number[]) => `${numbers.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}`,
  overwrittenBy: (what: string) => `${what} will overwrite it`,
  loss: {
    'completed-pods': 'loses its completed pods and their logs',
    'running-containers': 'stops containers that run now',
  },
  lossQuestion: {
    'completed-pods': (object: string) =>
      `${object}: its completed pods and their logs will be lost for good. Go on?`,
    'running-containers': (object: string) => `${object}: containers that run now will be stopped. Go on?`,
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
    absent: '(not set)',
  },
} as const;
