/** `knowledge`: where operators take their images. */
export const knowledge = {
  labels: { file: 'file', edits: 'edits', images: 'images', sources: 'read in' },
  images: (count: number) => (count === 1 ? '1 place' : `${count} places`),
  reverts: {
    always: 'it puts back what is changed in the objects that it made',
    'on-change': 'it writes its objects again when its custom resource changes',
    never: 'it leaves the objects that it made alone',
    unknown: 'what it does about edits of its objects is not known',
  },
  variable: (name: string) => `variable ${name}`,
  part: (part: string) => `the ${part}`,
  good: (file: string, name: string) => `${file}: ${name}, no mistake`,
} as const;
