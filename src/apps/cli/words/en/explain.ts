import { counted } from '../../../../core/i18n/index.ts';

/** What a message or an excerpt of a log means. */
export const explain = {
  labels: {
    image: 'image',
    at: 'at',
    means: 'means',
    move: 'move',
    works: 'works',
    useless: 'useless',
    mirror: 'mirror',
    says: 'says',
    do: 'do',
  },
  helps: { yes: 'helps here', no: 'does not help here', maybe: 'may help here' },
  rule: (text: string) => `in general: ${text}`,
  times: counted('time', 'times'),
  nothing: 'this text holds no message about an image that does not arrive',
  badLine: 'not a JSON object with "id" and "message"; left out',
} as const;
