/** What a usage that is left alone is about; filled into the texts below. */
export type Subject = {
  /** `Kind namespace/name`, or how many there are. */
  readonly object: string;
  readonly image: string;
  /** The manager's name, the mirrors that were asked. */
  readonly detail: string | undefined;
  /** The name that it would get on a writable mirror. */
  readonly copyTo: string | undefined;
  readonly program: string;
  /** Of a delivery tool: how soon it puts a change back, as a clause of its own. */
  readonly does?: string;
  /** Where it takes its objects from. */
  readonly source?: string;
};

function by(detail: string | undefined): string {
  return detail === undefined ? 'its manager' : detail;
}

/** Why a usage is left alone, and what a person can do; one entry per reason of model/plan.ts. */
export const unmended = {
  'no-copy': {
    why: () => '',
    do: (p: Subject) =>
      p.copyTo === undefined
        ? `copy it to a mirror that the nodes reach, or run ${p.program} fix on a machine that reads it (HTTPS_PROXY, docker login): nodes are sent it from there; to see who answered what:`
        : `copy it from a machine that reaches its registry, then run ${p.program} fix again; the last line shows who answered what:`,
  },
  'name-taken': {
    why: (p: Subject) => `different images would get one name on the mirror, ${p.detail ?? p.image}`,
    do: () =>
      'copy it yourself under a name that tells them apart, or give the mirror another scheme; its answers:',
  },
  'mirrors-fail': {
    why: () => '',
    do: (p: Subject) => `mend the mirrors first, then run ${p.program} fix again; what stands in the way:`,
  },
  'only-different': {
    why: (p: Subject) =>
      `the only copy has another digest than the original${p.detail === undefined ? '' : `: ${p.detail}`}`,
    do: () => 'compare them; if the other image is what you want, allow it:',
  },
  'only-unverified': {
    why: (p: Subject) =>
      `a copy is there, but nothing proves that it is the same image${p.detail === undefined ? '' : `: ${p.detail}`}`,
    do: () => 'if you trust this mirror, allow it:',
  },
  'mirror-useless': {
    why: () => 'a mirror does not help here',
    do: () => 'remove the cause above; the pod in full:',
  },
  'invalid-name': {
    why: () => 'the name is not an image name',
    do: (p: Subject) => `correct it in ${p.object}:`,
  },
  'never-pull': {
    why: () => 'imagePullPolicy is Never, so the kubelet may not pull it',
    do: (p: Subject) => `load the image on the node, or change the policy in ${p.object}:`,
  },
  managed: {
    why: (p: Subject) =>
      p.does === undefined
        ? `${by(p.detail)} would put the old image back`
        : `${by(p.detail)} has it, which ${p.does}`,
    do: (p: Subject) =>
      p.source === undefined
        ? `change the image in ${by(p.detail)}; its object and field:`
        : `change it in its source, ${p.source}; the patch for a checkout of it, DIR, and until that is merged the nodes:`,
  },
  reverted: {
    why: (p: Subject) =>
      `${by(p.detail)} wrote the old image back into ${p.object} soon after an earlier run, and would again`,
    do: () =>
      'stop it or change the image where it takes it from; until then give the nodes the copy under the old name, on each node (with imagePullPolicy Always this does not help):',
  },
  admission: {
    why: () => 'no template names it, so admission would put the old image into each new pod',
    do: () => 'change it where it comes from:',
  },
  'owner-unreadable': {
    why: (p: Subject) =>
      `who owns ${p.object} may not be read, so nothing of it is changed; the right that is missing: ${p.detail ?? 'get'}`,
    do: () => 'run it again as somebody who has it; whether you do:',
  },
  terminating: {
    why: (p: Subject) => `${p.detail ?? p.object} is being deleted, so nothing of it is changed`,
    do: () => 'wait for the end, or see what holds it:',
  },
  'always-pull': {
    why: (p: Subject) =>
      `imagePullPolicy is Always, so the registry is asked at each start although the image is on ${p.detail ?? 'the nodes'}`,
    do: () =>
      'IfNotPresent starts the pods with what is there; a tag that moves is then no longer followed, and nodes that lack the image still cannot pull it:',
  },
  'always-load': {
    why: (p: Subject) =>
      `imagePullPolicy is Always${p.detail === undefined ? '' : `, and ${p.detail} would put it back`}: nodes could be given the image, but its registry is asked at each start`,
    do: (p: Subject) =>
      `set IfNotPresent where the policy comes from, then run ${p.program} fix again; in the object:`,
  },
  'always-admission': {
    why: (p: Subject) =>
      `the image is on ${p.detail ?? 'the nodes'}, and ${p.object} does not ask for imagePullPolicy Always: admission sets it for every pod (the plug-in AlwaysPullImages, or a webhook), so another policy in the object changes nothing`,
    do: () =>
      'the registry, or a mirror of it on the nodes, must answer; whoever runs the API server decides about the plug-in; the webhooks:',
  },
  'static-pod': {
    why: () => 'a static pod lives in a file on its node, not in the API',
    do: (p: Subject) =>
      `change the image in its manifest on the node (usually /etc/kubernetes/manifests)${p.detail === undefined ? '' : ` of ${p.detail}`}; what it names now:`,
  },
  'ephemeral-container': {
    why: () => 'an ephemeral container cannot be changed',
    do: () => 'start a new one with an image that can be pulled:',
  },
  paused: {
    why: (p: Subject) => `${p.object} is paused, so a change would not roll out`,
    do: () => 'resume it, then run fix again:',
  },
  partition: {
    why: (p: Subject) => `the update partition of ${p.object} holds these pods back`,
    do: () => 'lower the partition, then run fix again:',
  },
  'job-progress': {
    why: (p: Subject) => `${p.object} has finished a part of its work; made anew it would start over`,
    do: () => 'when that does no harm, delete it and apply it again with the mirrored image:',
  },
  'old-revision': {
    why: (p: Subject) => `these pods belong to an old revision of ${p.object}`,
    do: () => 'see which revisions there are, then finish or undo the rollout:',
  },
  'unknown-owner': {
    why: (p: Subject) => `pullmend does not know how ${p.object} names its image`,
    do: () => 'change the image there; where it stands:',
  },
  'escaped-text': {
    why: () => 'the name is written with escapes or over several lines, so it is not edited blindly',
    do: () => 'write it in one piece, then run fix again:',
  },
  'runtime-config': {
    why: () => 'the pause image is named in the configuration of the container runtime, not in the API',
    do: (p: Subject) =>
      `name ${p.detail ?? 'a copy on your mirror'} there on each of these nodes (containerd: sandbox_image or pinned_images.sandbox, CRI-O: pause_image, cri-dockerd: --pod-infra-container-image) and restart it; ${p.object}:`,
  },
  'cause-unknown': {
    why: () => 'the cluster no longer says why; changing it blindly could do harm',
    do: () => 'let the kubelet try again, then diagnose again:',
  },
  'not-selected': {
    why: () => 'left out by --only',
    do: () => 'run it again without --only, or with this:',
  },
} as const;
