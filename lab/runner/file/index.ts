export { loadFolder, parseScenario, ScenarioFileError } from './load.ts';
export * from './schema/index.ts';
export { substitute, type Variables } from './substitute.ts';
