import type { ObjectRef, Step } from '../../../core/model/index.ts';
import { previewOf } from '../../../steps/previews.ts';

/** `Kind namespace/name`, as the screens write it. */
export function title(object: ObjectRef): string {
  if (object.kind === 'File' || object.kind === 'Image') return object.name;
  const kind = object.apiVersion === 'helm.sh/v3' ? 'Helm release' : object.kind;
  return `${kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
}

/** What a step changes: its object, its file, or the copy that it makes. */
export function stepTitle(step: Step): string {
  const { subject } = previewOf(step);
  switch (subject.type) {
    case 'object':
      return title(subject.object);
    case 'file':
      return subject.path;
    case 'copy':
      return `${subject.source} → ${subject.target}`;
  }
}

/** A copy is made: no object changes, and no kubelet has a word about it. */
export function isCopy(step: Step): boolean {
  return previewOf(step).subject.type === 'copy';
}

/** This machine reads the image, and nodes get it. */
export function sendsToNodes(step: Step): boolean {
  return previewOf(step).action.does === 'load-on-nodes';
}

/** The files that steps change, once for each step. */
export function filesOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => {
    const { subject } = previewOf(step);
    return subject.type === 'file' ? [subject.path] : [];
  });
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
