/** Registries of the public internet: their names lead to public addresses, and to their owners'. */
const publicHost =
  /^(?:(?:registry-1|auth|index|production\.cloudflare|registry\.hub)\.docker\.(?:io|com)|docker\.io|(?:cdn\d*\.)?quay\.io|ghcr\.io|(?:[\w-]+\.)?gcr\.io|registry\.k8s\.io|[\w-]+\.pkg\.dev|pkg-containers\.githubusercontent\.com|mcr\.microsoft\.com|public\.ecr\.aws|nvcr\.io|docker\.elastic\.co)(?::\d+)?$/;

/** Addresses of this machine, of nobody, or of a network of one's own (RFC 6890). */
const ownNetwork =
  /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|198\.1[89]\.|24\d\.|25[0-5]\.|::$|::1$|fe80:|f[cd][0-9a-f]{2}:|2001:db8:)/i;

/**
 * Addresses of Facebook, X and Dropbox, which false answers are filled with: what poisons names of registries gives
 * these for docker.io and gcr.io, and none of them serves a registry.
 */
const filler =
  /^(?:31\.13\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|66\.220\.1(?:4[4-9]|5\d)|69\.63\.1(?:7[6-9]|8\d|9[01])|69\.171\.2(?:2[4-9]|[34]\d|5[0-5])|157\.240\.\d+|173\.252\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|179\.60\.19[2-5]|103\.230\.123|104\.244\.4[0-7]|199\.16\.15[6-9]|199\.59\.1(?:4[89]|50)|162\.125\.\d+|108\.160\.1(?:6\d|7[0-5])|202\.160\.1(?:2[89]|3[01])|75\.126\.\d+|2001::|2a03:2880:)/i;

export type FalseAddress = {
  readonly address: string;
  /** `own-network`: a name server of one's own may say so on purpose; `poisoned`: nobody does. */
  readonly kind: 'own-network' | 'poisoned';
};

/** The address that a message dialled, where the registry cannot be there. */
export function falseAddress(host: string, message: string): FalseAddress | undefined {
  if (!publicHost.test(host)) return undefined;
  const [, v6, v4] = /\bdial tcp6? (?:\[([0-9a-f:.%]+)\]|([\d.]+)):\d+/i.exec(message) ?? [];
  const address = v6 ?? v4;
  if (address === undefined) return undefined;
  if (ownNetwork.test(address)) return { address, kind: 'own-network' };
  return filler.test(address) ? { address, kind: 'poisoned' } : undefined;
}
