import { managerTitle, nameIn, type NamedManager } from '../manager-title.ts';
import { words as general } from './words.ts';

const words = { application: 'Argo CD application' };

function title(manager: NamedManager): string {
  return manager.by === 'argocd' && manager.name === undefined
    ? 'an Argo CD application'
    : managerTitle(manager, words);
}

export const managers = {
  /** Who would put a change back. */
  title,
  /** What will overwrite a change. */
  next: (manager: NamedManager) => {
    if (manager.by === 'helm') return `the next helm upgrade of ${nameIn(manager)}`;
    if (manager.sync?.mode === 'suspended') return `${title(manager)}, as soon as it is resumed,`;
    return manager.sync === undefined ? title(manager) : `the next sync of ${title(manager)}`;
  },
  /** What it does with a change of one of its objects; nothing where that is not known. */
  does: ({ sync }: NamedManager) => {
    switch (sync?.mode) {
      case 'heals':
        return sync.withinSeconds === undefined
          ? 'puts a change back within seconds'
          : `puts a change back within ${general.duration(sync.withinSeconds)}`;
      case 'next-sync':
        return 'leaves a change until its next sync';
      case 'suspended':
        return 'is suspended and leaves a change until it is resumed';
      case 'ignores':
        return 'leaves the images as others write them';
      case undefined:
        return '';
    }
  },
};
