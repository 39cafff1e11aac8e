/** Patches for what Argo CD and Flux deliver. */
export const gitops = {
  head: (delivery: string, source: string) => (source === '' ? delivery : `${delivery} · ${source}`),
  moved: (images: string, places: string) => `${images}: ${places}`,
  proof: {
    built: 'built with kustomize before and after: nothing else changes',
    rendered: 'rendered with helm before and after: nothing else changes',
    read: 'the fields name the images themselves',
    unproved: 'not proved: what is made of it could not be built here',
  },
  left: (images: string) => `not found there: ${images}`,
  noCheckout: (source: string) => `no --source is a checkout of ${source}`,
  unknown: 'it is not known where its objects come from',
  notBuilt: (reason: string) => `could not be built: ${reason}`,
  none: 'no patch: nothing of this plan is delivered by Argo CD or Flux',
  written: (file: string, command: string) => `patch written to ${file} · ${command}`,
} as const;
