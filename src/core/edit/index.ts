export { readEmbedded } from './embedded.ts';
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
export { fieldEdit } from './field-edit.ts';
export { joinValues } from './join-values.ts';
export { changedLeaves, type Leaf } from './leaves.ts';
export { listAdditions, type ListAddition } from './list-edit.ts';
export { readRenderedYaml } from './rendered-yaml.ts';
export type { TextPart } from './scalar-range.ts';
export { settingEdit, settingsEdit } from './setting-edit.ts';
export { spliceText, type TextEdit } from './splice.ts';
export { secretLines } from './secret-lines.ts';
export { editsDiff, unifiedDiff } from './unified-diff.ts';
export { readYaml, type YamlDocument } from './yaml.ts';
export { pointerTokens } from './pointer.ts';
export { addTomlTable, setToml, tomlFault, type TomlValue } from './toml/index.ts';
