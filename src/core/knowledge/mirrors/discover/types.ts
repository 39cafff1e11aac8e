import type { PresetMirror } from '../preset.ts';

/** What a cluster shows of its images. */
export type ClusterImages = {
  /** Normalised names of images that arrived: of pods and of what the nodes have. */
  readonly images: readonly string[];
  /** Names that stand for one content, as a node or a pod's status tells; digests may be among them. */
  readonly sameContent: readonly (readonly string[])[];
};

/** A mirror that a setting somewhere in the cluster names. */
export type ConfiguredMirror = {
  readonly scheme: PresetMirror['scheme'];
  readonly at: string;
  /** Hosts, or globs, of the originals that it is for. */
  readonly match: readonly string[];
  /** `ConfigMap/kube-system/kubeadm-config imageRepository` */
  readonly where: string;
  readonly plainHttp?: true;
};

/**
 * One fact that a proposal stands on. `same-content`: a node has both names on one content; `name`: the name reads as
 * that of a known image; `configured`: a setting says so; `asked`: what the mirror answered.
 */
export type MirrorEvidence =
  | { readonly fact: 'same-content' | 'name'; readonly mirrored: string; readonly original: string }
  | { readonly fact: 'configured'; readonly where: string }
  | {
      readonly fact: 'asked';
      readonly mirrored: string;
      readonly original: string;
      /** `there`: with nothing to compare the digest with. */
      readonly answer: 'same' | 'there' | 'different' | 'absent' | 'no-answer';
    };

/**
 * `certain`: content or the name itself proves it; `likely`: several names fit and nothing else explains them;
 * `unsure`: too little is known, or something else fits as well.
 */
export type Confidence = 'certain' | 'likely' | 'unsure';

/** A mirror that the cluster seems to use; nothing uses it before it stands in the configuration. */
export type ProposedMirror = {
  /** As it would be written. */
  readonly mirror: PresetMirror;
  readonly preset?: string;
  readonly confidence: Confidence;
  readonly evidence: readonly MirrorEvidence[];
  /** Other ways to read the same names. Where they differ, `match` is narrowed to what they agree on. */
  readonly rivals: readonly PresetMirror[];
};
