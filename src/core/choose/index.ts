export {
  chooseCopy,
  isUsable,
  mayBeAsked,
  type ChooseOptions,
  type CopyChoice,
  type CopyReason,
} from './choose-copy.ts';
export { believedAtMost } from './belief.ts';
export { selects } from './select.ts';
