/** A pull secret that has to do with one failing image; never what it holds besides hosts and user names. */
export type PullSecretFact = {
  /** Normalised. */
  readonly image: string;
  readonly namespace: string;
  readonly name: string;
  /** The failing pods name it; else it only is in their namespace. */
  readonly isNamed: boolean;
  /**
   * `fits`: it has a login for the image's registry; `other-hosts`: only for others; `incomplete`: its login lacks user or
   * password; `missing`: there is no such Secret; `wrong-type`, `broken`: the kubelet passes over it; `unreadable`: the
   * user may not read it.
   */
  readonly state: 'fits' | 'other-hosts' | 'incomplete' | 'missing' | 'wrong-type' | 'broken' | 'unreadable';
  /** Keys as they are written. */
  readonly hosts: readonly string[];
  /** Of the login for the image's registry. */
  readonly user?: string;
  /** Of `wrong-type`. */
  readonly type?: string;
  /** Other namespaces that have a Secret of this name. */
  readonly elsewhere: readonly string[];
};
