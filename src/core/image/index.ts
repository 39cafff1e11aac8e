export {
  formatAddress,
  isLocal,
  originalName,
  parseAddress,
  type ImageAddress,
  type LocalImage,
} from './address.ts';
export { isDigest, parseDigest, type Digest, type DigestAlgorithm } from './digest.ts';
export { digesterFor, digestLike, digestOf, verifyDigest, type Digester } from './hash.ts';
export {
  platformDigests,
  readConfigPlatform,
  readManifest,
  type Descriptor,
  type Manifest,
} from './manifest.ts';
export {
  bareMediaType,
  imageMediaTypes,
  indexMediaTypes,
  isSchema1,
  manifestAccept,
  mediaType,
} from './media-types.ts';
export type { NameFault } from './name-fault.ts';
export {
  formatPlatform,
  missingPlatforms,
  parsePlatform,
  platformMatches,
  type Platform,
} from './platform.ts';
export {
  apiHost,
  formatReference,
  isTag,
  nameFault,
  normaliseImage,
  otherHosts,
  parseReference,
  repositoryName,
  runtimeName,
  sameRegistry,
  shortName,
  tryParseReference,
  type Reference,
} from './reference.ts';
export { chainIds, readDiffIds } from './unpacked.ts';
export { isRepositoryGlob, repositoryMatches } from './repository-glob.ts';
export {
  formatReferrers,
  isReferrersTag,
  readReferrers,
  referrerOf,
  referrersTag,
  withReferrer,
  type Referrer,
} from './referrers.ts';
