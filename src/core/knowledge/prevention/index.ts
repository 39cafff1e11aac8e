export { inexpressible, preventedName, type PreventionRules } from './rules.ts';
export {
  originalsAnnotation,
  policyName,
  policyObjects,
  preventionLabel,
  type PolicyOptions,
} from './policy.ts';
