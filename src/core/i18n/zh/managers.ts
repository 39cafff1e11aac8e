import type { DomainWords } from '../catalog.ts';
import { managerTitle, nameIn, type NamedManager } from '../manager-title.ts';
import { words as general } from './words.ts';

const words = { application: 'Argo CD 应用' };

function title(manager: NamedManager): string {
  return manager.by === 'argocd' && manager.name === undefined
    ? '某个 Argo CD 应用'
    : managerTitle(manager, words);
}

export const managers = {
  title,
  next: (manager) => {
    if (manager.by === 'helm') return `${nameIn(manager)} 的下一次 helm upgrade`;
    if (manager.sync?.mode === 'suspended') return `恢复后的 ${title(manager)}`;
    return manager.sync === undefined ? title(manager) : `${title(manager)} 的下一次同步`;
  },
  does: ({ sync }) => {
    switch (sync?.mode) {
      case 'heals':
        return sync.withinSeconds === undefined
          ? '会在几秒内改回'
          : `会在 ${general.duration(sync.withinSeconds)}内改回`;
      case 'next-sync':
        return '在下一次同步之前保留改动';
      case 'suspended':
        return '已暂停，恢复之前保留改动';
      case 'ignores':
        return '不会改动别人写的镜像';
      case undefined:
        return '';
    }
  },
} as const satisfies DomainWords['managers'];
