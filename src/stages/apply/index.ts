export {
  apply,
  notBegun,
  type ApplyDeps,
  type ApplyEvent,
  type ApplyReport,
  type ApplyRun,
} from './apply.ts';
