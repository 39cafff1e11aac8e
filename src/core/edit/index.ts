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
