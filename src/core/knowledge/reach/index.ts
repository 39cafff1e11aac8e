export { falseAddress, type FalseAddress } from './false-address.ts';
export { withNodeMirrors } from './node-mirror.ts';
export { judgeManifest, reachedTo, type ManifestAnswer } from './steps.ts';
export { verdictOf } from './verdict.ts';
export { addressKind, isLoopbackHost, type AddressKind } from './address.ts';
