import type { CopyImageStep, ObjectRef, Step } from '../../../core/model/index.ts';

/** `Kind namespace/name`, as the screens write it. */
export function title(object: ObjectRef): string {
  if (object.kind === 'File' || object.kind === 'Image') return object.name;
  const kind = object.apiVersion === 'helm.sh/v3' ? 'Helm release' : object.kind;
  return `${kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
}

/** What a step changes: its object, its file, or the copy that it makes. */
export function stepTitle(step: Step): string {
  if (step.kind === 'copy-image') return copyTitle(step);
  return step.kind === 'edit-file' ? step.file : title(step.object);
}

/** From where to where an image is copied. */
export function copyTitle({ source, target }: CopyImageStep): string {
  return `${source} → ${target}`;
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
