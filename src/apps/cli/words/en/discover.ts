/** `mirrors discover`. */
export const discover = {
  looking: 'looking at pods, nodes and settings',
  confidence: { certain: 'certain', likely: 'likely', unsure: 'unsure' },
  preset: (name: string) => `preset ${name}`,
  at: (scheme: string, place: string) => `${scheme} at ${place}`,
  facts: { 'same-content': 'same content', name: 'by name', configured: 'set in', asked: 'asked' },
  isCopyOf: (mirrored: string, original: string) => `${mirrored} is ${original}`,
  answers: {
    same: (mirrored: string) => `${mirrored}: there, the same digest as the original`,
    there: (mirrored: string) => `${mirrored}: there, nothing to compare its digest with`,
    different: (mirrored: string) => `${mirrored}: there, with another digest than the original`,
    absent: (mirrored: string) => `${mirrored}: not there`,
    'no-answer': (mirrored: string) => `${mirrored}: no answer from here`,
  },
  more: (count: number) => `and ${count} more`,
  rival: 'or',
  secretHost: (host: string, secret: string) =>
    `${host}: pull secret ${secret} is for it, and no image shows how it names copies`,
  presetFor: (run: string) => `a preset knows it: ${run}`,
  unread: (what: string) => `could not be read: ${what}`,
  nothing: 'no image of the cluster shows a mirror that is not in the configuration',
  notUsed: (run: string) => `nothing of this is used before it is in the configuration: ${run}`,
  unsureStays:
    'what is unsure is never added: test it with mirrors explain and mirrors add, or write it yourself',
  ask: (names: string, file: string) => `add ${names} to ${file}? [y]es [n]o`,
  declined: 'nothing was written',
  written: (file: string) => `written to ${file}; nothing uses it before it is the configuration`,
} as const;
