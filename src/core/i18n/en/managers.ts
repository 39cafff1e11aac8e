import { managerTitle, nameIn, type NamedManager } from '../manager-title.ts';

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
  next: (manager: NamedManager) =>
    manager.by === 'helm' ? `the next helm upgrade of ${nameIn(manager)}` : title(manager),
};
