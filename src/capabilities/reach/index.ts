export { predict, type RunningImage } from './predict.ts';
export { probeProblems } from './probe-problems.ts';
export { foresee, probe } from './reach.ts';
