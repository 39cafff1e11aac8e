export { predict, type RunningImage } from './predict.ts';
export { probeProblems } from './probe-problems.ts';
export { RegistryGuard } from './registry-guard.ts';
