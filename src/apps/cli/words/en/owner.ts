/** `owner`: who owns an object, and whether an edit of it stays. */
export const owner = {
  labels: { chain: 'owners', seen: 'seen', edit: 'edit' },
  verdict: {
    kept: (object: string, until: string) =>
      until === ''
        ? `An edit of ${object} stays.`
        : `An edit of ${object} stays until ${until} applies again.`,
    reverted: (object: string) => `An edit of ${object} is put back.`,
    unknown: (object: string) => `Whether an edit of ${object} stays is not known.`,
  },
  link: {
    there: (object: string) => object,
    gone: (object: string) => `${object} (gone)`,
    unreadable: (object: string, right: string) => `${object} (not readable: lacks ${right})`,
  },
  evidence: {
    putBack: (object: string, by: string, at: string, run: string) =>
      `${by} put ${object} back at ${at}, after run ${run}`,
    deleted: 'it is being deleted, or its namespace is',
    mirrorPod: (node: string) => `a static pod: the API only shows what a file on ${node} says`,
    writer: (manager: string, object: string, at: string) =>
      `field manager ${manager} wrote the image of ${object}${at === '' ? '' : ` at ${at}`}`,
    operator: (object: string, how: string, wanted: number, ready: number) =>
      wanted === 0
        ? `${object} ${how} and is scaled to 0: nothing puts an edit back while it is`
        : `${object} ${how}; ${ready} of ${wanted} pods ready`,
    admission: (object: string) => `${object} puts an image into the pod when it is made`,
  },
  operatorBy: {
    known: (operator: string) => `is the operator ${operator}`,
    'field-manager': () => 'is called like the field manager that wrote it',
    name: () => 'is called like its operator',
  },
  delivery: {
    reverts: (by: string, object: string, source: string) =>
      `${by} brings ${object}${source === '' ? '' : ` (from ${source})`} and puts edits back by itself`,
    overwrites: (by: string, object: string, source: string) =>
      `${by} brings ${object}${source === '' ? '' : ` (from ${source})`} and overwrites edits with its next release`,
    held: (by: string, object: string, source: string) =>
      `${by} brings ${object}${source === '' ? '' : ` (from ${source})`} but is told to leave it alone for now`,
    gone: (by: string, object: string) => `${object} has marks of ${by}, which is gone`,
    unreadable: (by: string, object: string, right: string) =>
      `${by} brings ${object}; what it does about edits is not known: lacks ${right}`,
  },
  image: (container: string, image: string) => `${container}: ${image}`,
  or: (place: string) => `or ${place}`,
  place: (object: string, field: string, part: string, isUnset: boolean) =>
    `${object}${field === '' ? '' : ` ${field}`}${part === '' ? '' : ` (${part})`}${isUnset ? ', not set yet' : ''}`,
  part: (part: string) => `the ${part}`,
  staticFile: (node: string) => `the manifest on ${node}, in the kubelet's staticPodPath`,
  through: (manager: string, place: string) => `${manager}, which writes ${place}`,
  nowhere: 'it names no image',
} as const;
