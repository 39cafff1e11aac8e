/** An image that an installer brings, by the name that its configuration makes. */
export type InstallerImage = {
  /** Normalised, as the installer will write it. */
  readonly image: string;
  /** Normalised, as it would be without any registry setting. */
  readonly original: string;
  /** What the installer would write with `zone: cn` (KubeSphere) or `KKZONE=cn` (KubeKey). */
  readonly underZoneCn: string;
  /** The part that brings it, e.g. `monitoring`. */
  readonly component: string;
  /** `later`: written into a configuration, and pulled when somebody uses that feature. */
  readonly pulled: 'now' | 'later';
  /** No setting of the installer changes its name. */
  readonly fixed: boolean;
};

export const installerNotes = [
  'installer-itself',
  'registry-covers',
  'registry-host-lost',
  'registry-library',
  'zone-cn-flattens',
  'zone-beats-registry',
  'override-all',
  'override-without-registry',
  'fixed-images',
  'pulls-always',
  'ha-by-nodes',
  'kubectl-by-cluster',
  'kk-zone',
  'kk-zone-needs-no-registry',
  'kk-version-assumed',
  'kk-mirrors-docker-only',
  'kk-insecure-http',
  'kk-remote-mirrors',
  'kk-pause',
  'kk4-own-registry',
  'kk4-cni-chart',
  'kk4-chart-unknown',
  'kk4-zone',
  'kk4-zone-needs-no-registry',
  'kk4-config-path',
  'kk4-config-merge',
] as const;

/** What is to be known about a configuration; the sentence for each is in the message catalogue. */
export type InstallerNote = { readonly note: (typeof installerNotes)[number]; readonly value: string };

/** What one configuration file makes its installer pull. */
export type InstallerImages = {
  readonly file: string;
  readonly installer: 'ks-installer' | 'KubeKey' | 'KubeKey 4';
  readonly version: string;
  readonly images: readonly InstallerImage[];
  readonly notes: readonly InstallerNote[];
};
