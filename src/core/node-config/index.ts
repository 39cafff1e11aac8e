export { changedLines } from './changed-lines.ts';
export { configDraft } from './draft.ts';
export { unusedFor, unusedSettings } from './findings.ts';
export { generated, generatedFiles, type GenerateFormat } from './generate.ts';
export { hostAddress } from './hosts-toml.ts';
export { hostRoots, pauseImageOf } from './containerd.ts';
export { routeIn } from './route.ts';
export { settingsFor } from './settings.ts';
export type * from './types.ts';
