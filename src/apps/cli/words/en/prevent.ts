/** `prevent`: a policy by which new pods get the mirrors' names. */
export const prevent = {
  looking: 'asking the mirrors for the images of all pods',
  title: (images: number, pods: number) =>
    `${images === 1 ? '1 image' : `${images} images`} of ${pods === 1 ? '1 pod' : `${pods} pods`} would get another name when their pods are made anew`,
  whole: (mirror: string) => `${mirror} gives whatever its registries have: new images get its names too`,
  row: (image: string, given: string, pods: number) => `${image} → ${given}  (${pods})`,
  kept: {
    'on-mirror': (images: number) => `${images} on a mirror already`,
    'no-copy': (images: number) => `${images} that no mirror is known to have`,
    excluded: (images: number) => `${images} in excluded namespaces only`,
  },
  keptTitle: 'keep their names:',
  inexpressible: (mirror: string) =>
    `${mirror}: its names cannot be said in a policy; only names that are known are taken from it`,
  secret: (name: string, namespaces: string) =>
    `pods will name the pull secret ${name}, which is not there (or not seen) in: ${namespaces}`,
  ask: 'put the policy into the cluster? [y]es [n]o',
  askRemove: 'take the policy away? [y]es [n]o',
  declined: 'nothing was changed',
  dryRun: 'dry run: the API server would accept the policy; nothing was changed',
  dryRunRemove: 'dry run: the policy would be taken away; nothing was changed',
  unchanged: 'nothing to do: the policy is there as it should be',
  applied: 'the policy is in the cluster: new pods get the mirrors’ names, those that exist keep theirs',
  proved: (image: string, given: string) => `proved by dry run: a pod with ${image} gets ${given}`,
  unproved: (image: string, given: string) =>
    `not proved: a pod with ${image} was still given ${given}; another policy or webhook may write after it`,
  unasked: 'not proved: this user may not make pods, or they are refused for another reason',
  removed: 'the policy is gone; pods keep the names that they have until they are made anew',
  absent: 'nothing to do: there is no policy of pullmend',
  takeAway: (command: string) => `take it away: ${command}`,
  written: (file: string) => `written to ${file}; kubectl apply -f takes it`,
};
