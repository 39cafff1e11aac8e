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
  readonly sync?: {
    readonly mode: 'heals' | 'next-sync' | 'suspended' | 'ignores';
    readonly withinSeconds?: number;
  };
  readonly source?: DeliveredFrom;
};

/** Where a delivery tool takes its objects from; core/model has it as `DeliverySource`. */
export type DeliveredFrom = {
  readonly repository?: string;
  readonly path?: string;
  readonly revision?: string;
  readonly chart?: string;
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

/** `https://git.example.com/apps.git, ./prod, main`: the repository, what of it, and the revision. */
export function deliveredFrom({ repository, chart, path, revision }: DeliveredFrom): string {
  return [repository, chart, path, revision].filter((part) => part !== undefined && part !== '').join(', ');
}

/** `shop/web`. */
export function nameIn({ namespace, name }: Omit<NamedManager, 'by'>): string {
  return [namespace, name].filter((part) => part !== undefined).join('/');
}
