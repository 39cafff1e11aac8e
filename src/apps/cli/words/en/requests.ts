/** `request` and `requests`. */
export const requests = {
  labels: { service: 'service', terms: 'terms', title: 'title', body: 'text', link: 'open', issue: 'issue' },
  whichService: (known: string) => `say which service to ask: --via ${known}`,
  waiting: (image: string, minutes: number) =>
    `looking for ${image} on your mirrors, for ${minutes} min at most`,
  served: (reference: string) => `there: ${reference}`,
  ask: (repository: string) => `open a public issue in ${repository}? [y]es [n]o`,
  declined: 'nothing was sent',
  ownRepository: 'a repository of your own, --repo',
  neededTo: 'say where copies go: --to MIRROR',
  answer: {
    served: (image: string, target: string, digest: string) =>
      `\`${image}\` stands at\n\n\`\`\`\n${target}\n\`\`\`\n\ndigest \`${digest}\`, all its platforms.`,
    noImage: 'The title holds no image. Write it as `[PULLMEND]registry.k8s.io/pause:3.9`.',
    notAllowed: (image: string) => `\`${image}\` is not on the list of images that this service copies.`,
    overQuota: (quota: number) =>
      `${quota} requests in 24 hours are the most for one person. Ask again tomorrow.`,
    failed: (image: string, reason: string) => `\`${image}\` could not be copied: ${reason}`,
  },
  done: {
    served: 'served',
    refused: 'refused',
    failed: 'failed',
  },
} as const;
