// What is read from files and from the cluster: plans and records. A door of its own, so that nobody loads zod who only
// needs the types.
export * from './manager.ts';
export * from './plan.ts';
export * from './record.ts';
export * from './remedy.ts';
export * from './step.ts';
