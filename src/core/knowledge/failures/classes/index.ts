export { actionOf } from './action.ts';
export {
  classGroups,
  type Action,
  type ClassGroup,
  type ClassInfo,
  type ClassText,
  type Move,
} from './class-info.ts';
export { failureClassInfo } from './class-table.ts';
export { moveNames } from './moves.data.ts';
export { remedyInfo, type Remedy } from './remedies.data.ts';
export { variantInfo } from './variants.data.ts';
