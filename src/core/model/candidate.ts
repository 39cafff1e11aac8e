/** What a probe of one name at one registry found. */
export type ProbeOutcome =
  | 'works'
  | 'absent'
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'not-a-registry'
  | 'platform-missing'
  | 'digest-mismatch'
  | 'unreachable'
  | 'server-error'
  | 'tls';

/** The answer of a registry to one name, read from a real manifest. */
export type Probe = {
  readonly reference: string;
  readonly outcome: ProbeOutcome;
  /** Digest of what the name points at (an index when the image has several platforms). */
  readonly digest?: string;
  readonly mediaType?: string;
  /** `os/arch[/variant]`, from the index, or from the config of a single image. */
  readonly platforms: readonly string[];
  /** Digest of the manifest of each platform of an index. */
  readonly platformDigests: Readonly<Record<string, string>>;
  /** What was asked and answered, e.g. `GET https://harbor.corp/v2/…/manifests/1.25 → 404`; holds no secret. */
  readonly detail: string;
  /** Seconds to wait, when the registry said so. */
  readonly retryAfter?: number;
};

/** `same`: proved equal; `different`: proved unequal; `unverified`: nothing to compare with. */
export type Identity = 'same' | 'different' | 'unverified';

/** A mirrored reference with the probe's result. */
export type Candidate = {
  readonly mirror: string;
  readonly reference: string;
  readonly probe: Probe;
  readonly identity: Identity;
  /** What the digest was compared with. */
  readonly comparedWith?:
    | 'pinned'
    | 'origin'
    | 'known-digest'
    | 'running-pod'
    | 'node-image'
    | 'other-mirror';
  /** Platforms of the nodes that this copy lacks. */
  readonly missingPlatforms: readonly string[];
  /**
   * Why nothing but a proof makes it the same image: a public mirror, an image that its own registry denies, or a guess
   * at the original's name. Absent on a mirror of the user's own.
   */
  readonly needsProof?: 'public' | 'denied' | 'guess';
  /** May it be used without being allowed: by the rule of `core/choose`. */
  readonly usable: boolean;
};

/** The image that a name on a mirror stands for. */
export type OriginalName = {
  /** Normalised. */
  readonly image: string;
  /** `likely`: by how the project is called; it may as well be an image of its own. */
  readonly certainty: 'certain' | 'likely';
};

/** Everything that was found out about the copies of one image, best candidate first. */
export type Supply = {
  /** Normalised reference. */
  readonly image: string;
  /** What the registry of that very name says. */
  readonly origin: Probe;
  /** Where the name stands on a mirror: the image that it stands for, whose copies are looked for too. */
  readonly original?: OriginalName & { readonly probe: Probe };
  readonly candidates: readonly Candidate[];
};
