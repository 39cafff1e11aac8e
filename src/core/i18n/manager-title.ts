/** Who writes an object besides a person; core/model has it as `ManagerRef`. */
export type NamedManager = {
  readonly by:
    | 'writer'
    | 'controller'
    | 'helm'
    | 'argocd'
    | 'flux'
    | 'applier'
    | 'static-pod'
    | 'admission'
    | 'deletion';
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
};

/** `Helm release shop/web`, `Cluster/pg`: a manager by the names that people know it by. */
export function managerTitle(manager: NamedManager, words: { readonly application: string }): string {
  const { by, kind = '', name } = manager;
  const own = nameIn(manager);
  switch (by) {
    case 'helm':
      return `Helm release ${own}`;
    case 'argocd':
      return `${words.application} ${own}`;
    case 'flux':
      return `Flux ${kind} ${own}`;
    case 'static-pod':
      return `Node/${name ?? '?'}`;
    case 'deletion':
      return `${kind} ${own}`;
    case 'controller':
    case 'applier':
    case 'admission':
      return `${kind}/${own}`;
    case 'writer':
      return own;
  }
}

/** `shop/web`. */
export function nameIn({ namespace, name }: Omit<NamedManager, 'by'>): string {
  return [namespace, name].filter((part) => part !== undefined).join('/');
}
