import type { ObjectRef, Step } from '../../../core/model/index.ts';

/** `Kind namespace/name`, as the screens write it. */
export function title(object: ObjectRef): string {
  if (object.kind === 'File') return object.name;
  return `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
}

/** What a step changes: its object, or its file. */
export function stepTitle(step: Step): string {
  return step.kind === 'edit-file' ? step.file : title(step.object);
}

/** `deployment/web -n shop`, ready to be pasted after a verb of kubectl. */
export function kubectlName(object: ObjectRef): string {
  const name = shellWord(`${object.kind.toLowerCase()}/${object.name}`);
  return object.namespace === undefined ? name : `${name} -n ${shellWord(object.namespace)}`;
}

/** A word that a POSIX shell takes as it is. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
