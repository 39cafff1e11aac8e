import { orMeant } from './cli.ts';
import { counted } from '../../../../core/i18n/index.ts';

/** What a message or an excerpt of a log means. */
export const explain = {
  labels: {
    image: 'image',
    original: 'copy of',
    at: 'at',
    means: 'means',
    move: 'move',
    works: 'works',
    useless: 'useless',
    mirror: 'mirror',
    also: 'also',
    says: 'says',
    do: 'do',
  },
  helps: { yes: 'helps here', no: 'does not help here', maybe: 'may help here' },
  rule: (text: string) => `in general: ${text}`,
  times: counted('time', 'times'),
  nothing: 'this text holds no message about an image that does not arrive',
  move: (who: string, exit: number) => `whose move: ${who} · exit code ${exit}`,
  faults: {
    you: 'you',
    cluster: 'the cluster',
    registry: 'the registry',
    network: 'the network',
    pullmend: 'pullmend',
  },
  apart: 'told apart',
  unknownCode: (code: string, nearest?: string) => `no error has the code ${code}${orMeant(nearest)}`,
  badLine: 'not a JSON object with "id" and "message"; left out',
} as const;
