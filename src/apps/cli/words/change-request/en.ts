import { counted } from '../../../../core/i18n/index.ts';

/** A plan as a change request; only loaded where one is written. */
export const en = {
  title: 'Change request: images that do not arrive',
  summary: 'Summary',
  risk: 'Risk',
  changes: 'Changes, in this order',
  check: 'How it is checked',
  back: 'Carry out, and take back',
  left: 'Left alone',
  none: 'Nothing can be changed from here.',
  table: {
    image: 'Image',
    cause: 'Cause',
    pods: 'Pods',
    by: 'Replaced by',
    same: 'Content',
    object: 'Object',
    why: 'Why',
  },
  identity: { same: 'the same', different: 'another image', unverified: 'not proved the same' },
  notLost:
    'Nothing is lost for good: no running container is stopped without its controller starting another.',
  lost: (object: string, what: string) => `${object} ${what}; asked by itself, and left out without a yes`,
  replaced: (object: string, pods: string) =>
    `${object}: the controller replaces ${pods} running now, within its own limits`,
  note: (object: string, note: string) => `${object}: ${note}`,
  follows: (ids: string) => `begins once the pods of ${ids} run, or after a minute`,
  unproved: counted('copy is not proved to be the same image', 'copies are not proved to be the same image'),
  proof: (object: string, container: string, image: string) =>
    `${object}: container ${container} runs ${image}`,
  claims: (object: string) => `${object}: the claims that wait get a class`,
  proofs:
    'Each is proved by what the kubelet reports. What is not proved in time is taken back at once; what helped stays.',
  undo: 'The record of the run lies in the cluster. Only fields that still hold what the run wrote are put back.',
  written: (file: string) => `change request written to ${file}`,
} as const;
