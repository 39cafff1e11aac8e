export { configFile, loadMirrorSet, type ConfigSources } from './load.ts';
