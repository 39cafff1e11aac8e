/** What fills the texts below; objects are written `Kind namespace/name`. */
type Whence = {
  readonly owner: string;
  readonly container: string;
  readonly image: string;
  readonly template: string;
  /** Who does it, several with commas; may be empty. */
  readonly by: string;
};

/** Where an image comes from that no template names as the pods have it. */
export const whence = {
  corrected: (p: Whence) =>
    `already corrected: ${p.owner} names ${p.template} by now; what hangs is left from before`,
  gone: (p: Whence) =>
    `already corrected: ${p.owner} has no container ${p.container} any more; what hangs is left from before`,
  added: (p: Whence) =>
    p.by === ''
      ? `no template names container ${p.container}: an admission webhook or policy adds it to the pods of ${p.owner}`
      : `${p.by} adds container ${p.container} to the pods of ${p.owner}; no template names it`,
  maybeAdded: (p: Whence) =>
    `no template names container ${p.container}: admission adds it to the pods of ${p.owner}; asked about such pods: ${p.by}`,
  rewritten: (p: Whence) =>
    p.by === ''
      ? `${p.owner} names ${p.template}; an admission webhook or policy rewrites it to ${p.image}`
      : `${p.owner} names ${p.template}; ${p.by} rewrites it to ${p.image}`,
  maybeRewritten: (p: Whence) =>
    `${p.owner} names ${p.template}; admission rewrites it to ${p.image}; asked about such pods: ${p.by}`,
  made: (p: Whence) =>
    p.by === ''
      ? `${p.owner} is made by something that decides its image`
      : `${p.by} decides the image of ${p.owner}`,
  sources: (places: string) => `the name stands in ${places}`,
  source: (name: string, object: string, container: string) =>
    `${name} of ${object}${container === '' ? '' : `, container ${container}`}`,
  settings: (who: string, where: string) => `${who} takes it from ${where}`,
  stale: (owner: string, manager: string) =>
    `${owner} has marks of ${manager}, which is gone: nothing puts a change back`,
  delivered: (owner: string, manager: string, does: string) =>
    `${owner} is delivered by ${manager}, which ${does}`,
  deliveredFrom: (source: string) => `it comes from ${source}`,
  changeThere: 'change it where it comes from, then delete what hangs, so that it is made anew:',
  replaceRest: (program: string) =>
    `nothing is left to change; ${program} fix replaces what hangs, or by hand:`,
} as const;
