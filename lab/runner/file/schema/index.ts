export type { ApiRequestPattern, ApiRule, Webhook, WebhookAnswer } from './cluster.ts';
export type { Image, ScenarioFault } from './faults.ts';
export type { Account, NodeState } from './given.ts';
export type { Amount, Exits, Failing, FieldAssertion, ValueExpectation } from './parts.ts';
export { scenarioJsonSchema, scenarioSchema, type Given, type Scenario } from './scenario.ts';
export type { RequestPattern, Then, Undo } from './then.ts';
export type {
  Action,
  Capture,
  CommandAction,
  Kill,
  Loop,
  NodesAction,
  PullmendAction,
  Step,
  UpstreamsChange,
} from './when.ts';
