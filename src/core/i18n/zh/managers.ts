import type { DomainWords } from '../catalog.ts';
import { managerTitle, nameIn, type NamedManager } from '../manager-title.ts';

const words = { application: 'Argo CD 应用' };

function title(manager: NamedManager): string {
  return manager.by === 'argocd' && manager.name === undefined
    ? '某个 Argo CD 应用'
    : managerTitle(manager, words);
}

export const managers = {
  title,
  next: (manager) => (manager.by === 'helm' ? `${nameIn(manager)} 的下一次 helm upgrade` : title(manager)),
} as const satisfies DomainWords['managers'];
