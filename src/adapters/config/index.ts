export { ownOperatorFiles, readOperatorFile } from './operators.ts';
export { configFile, loadMirrorSet, type ConfigSources } from './load.ts';
