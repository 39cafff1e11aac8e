export { loadFolder, parseScenario, ScenarioFileError } from './load.ts';
export {
  scenarioJsonSchema,
  scenarioSchema,
  type Account,
  type Action,
  type Failing,
  type FieldAssertion,
  type Given,
  type PullmendAction,
  type RequestPattern,
  type Scenario,
  type Then,
  type Undo,
  type ValueExpectation,
} from './schema.ts';
export { substitute, type Variables } from './substitute.ts';
