/** What a Harbor tells of itself; only its version is hidden from who has not logged in. */
export type HarborInfo = { readonly version?: string; readonly readOnly: boolean };

/** A registry that Harbor takes images from. */
export type HarborEndpoint = {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  /** `healthy` or `unhealthy`, as Harbor's own checks say; empty before the first one. */
  readonly status: string;
};

export type HarborProject = {
  readonly id: number;
  readonly name: string;
  readonly isProxy: boolean;
  /** Settings as Harbor writes them: all texts, `"true"` too. */
  readonly metadata: Readonly<Record<string, string>>;
};

export type HarborSummary = {
  /** Bytes; absent where the user may not see it. A limit of -1 is none. */
  readonly quota?: { readonly limit: number; readonly used: number };
  /** Of a proxy project: where it takes images from. */
  readonly upstream?: HarborEndpoint;
};

/** A tag rule of a project, or of its retention, as far as it is needed here. */
export type HarborRule = {
  readonly template: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The patterns of tags that it is about. */
  readonly tags: readonly string[];
};

/** A rule by which Harbor copies images from a registry. */
export type HarborReplication = {
  readonly name: string;
  /** Of the endpoint; 0 for the Harbor itself. */
  readonly source: number;
  /** Pattern of names. */
  readonly filter: string;
  readonly namespace: string;
  /** Parts of a name that the namespace takes the place of; -1: all but the last. */
  readonly replaced: number;
  /** What else is set that none of ours has: it is disabled, pushes, or leaves out tags, labels or kinds. */
  readonly also?: readonly string[];
};

/** A robot of the whole Harbor. */
export type HarborRobot = {
  readonly id: number;
  readonly name: string;
  readonly disabled: boolean;
  /** Milliseconds since 1970; absent: never. */
  readonly expiresAt?: number;
  /** Projects that it may pull from; `*`: all. */
  readonly pullsFrom: readonly string[];
  /** As Harbor sent it: what is not known here must survive a change. */
  readonly raw: Readonly<Record<string, unknown>>;
};

/** Told once, when the robot is made. */
export type HarborRobotSecret = { readonly name: string; readonly secret: string };
