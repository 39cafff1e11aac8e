export {
  actionOf,
  failureClassInfo,
  moveNames,
  variantInfo,
  type Action,
  type ClassGroup,
  type ClassInfo,
  type ClassText,
  type Move,
  type Remedy,
} from './classes/index.ts';
export { blamedImage, classify, type Symptom } from './classify.ts';
export { classCommands, type CommandContext } from './commands.ts';
export { hostKind, type Endpoint, type EndpointRole } from './endpoint.ts';
export { shortEvidence } from './evidence.ts';
export { ExcerptReader, type Found } from './excerpts/index.ts';
export { Explainer, type Explanation } from './explain.ts';
export { classifyProbe } from './probe.ts';
export { renderClassReference } from './reference-page.ts';
export { remediesFor } from './remedies.ts';
export { allRules, type Rule } from './rules/index.ts';
export { weigh, type Weighed } from './weigh.ts';
export { stalledAfterSeconds } from './gather/waits.ts';
