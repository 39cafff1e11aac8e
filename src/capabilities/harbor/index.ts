export { carryOut, type SetupDeps } from './carry-out.ts';
export { examine, notSeen } from './examine.ts';
export { planSetup } from './plan-setup.ts';
export type {
  HarborFinding,
  HarborReport,
  SetupKept,
  SetupPlan,
  SetupSkipped,
  SetupStep,
  SetupWishes,
} from './types.ts';
export { harborAt, isHarborAt } from './connect.ts';
export { setUpHarbors, type HarborSetupPlan, type SetupOptions, type SetupResult } from './set-up-harbors.ts';
