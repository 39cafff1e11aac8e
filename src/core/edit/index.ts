export {
  backward,
  fieldState,
  forward,
  parentPath,
  preconditions,
  readField,
  type FieldState,
  type PatchOperation,
} from './fields.ts';
export type { TextPart } from './scalar-range.ts';
export { spliceText, type TextEdit } from './splice.ts';
export { unifiedDiff } from './unified-diff.ts';
export { readYaml, type YamlDocument } from './yaml.ts';
