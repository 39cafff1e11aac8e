/** A wrong turn that would cost a user something, with a name: it must never survive. */
export type NamedMutant = {
  readonly name: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
};

export const namedMutants: readonly NamedMutant[] = [
  {
    name: 'never roll back',
    file: 'src/capabilities/repair/carry-out.ts',
    find: 'options.keep ? [] : await rollBack(',
    replace: 'true ? [] : await rollBack(',
  },
  {
    name: 'undo ignores the UID',
    file: 'src/steps/patch/undo.ts',
    find: 'if (replaced) {',
    replace: 'if (false) {',
  },
  {
    name: 'the changed-since guard of apply is gone',
    file: 'src/steps/patch/apply.ts',
    find: "if (state === 'other') {",
    replace: 'if (false) {',
  },
  {
    name: 'the changed-since guard of undo is gone',
    file: 'src/steps/patch/undo.ts',
    find: "(state === 'after' ? [backward(change)] : [])",
    replace: '[backward(change)]',
  },
  {
    name: 'skipped needs are ignored',
    file: 'src/stages/apply/apply.ts',
    find: 'if (missing !== undefined) throw',
    replace: 'if (false) throw',
  },
  {
    name: 'an abort is ignored',
    file: 'src/stages/apply/apply.ts',
    find: "if (deps.signal.aborted) return { step, state: 'intended', at: deps.now(), note: notBegun };",
    replace: '',
  },
  {
    name: 'a dry run writes files',
    file: 'src/steps/edit-file/apply.ts',
    find: 'if (!dryRun) await files.write',
    replace: 'await files.write',
  },
  {
    name: 'a plan for another cluster is accepted',
    file: 'src/capabilities/repair/apply-plan.ts',
    find: 'if (server !== cluster.server) {',
    replace: 'if (false) {',
  },
  {
    name: 'a right is missing from the table of permissions',
    file: 'src/steps/patch/rights.ts',
    find: "['get', 'patch']",
    replace: "['get']",
  },
  {
    name: 'a pull secret in use is deleted',
    file: 'src/steps/pull-secret/undo.ts',
    find: 'if (stillNeeded) return',
    replace: 'if (false) return',
  },
  {
    name: 'a pull secret that another workload names is deleted',
    file: 'src/steps/pull-secret/undo.ts',
    find: 'if (user !== undefined) return',
    replace: 'if (false) return',
  },
  {
    name: 'idle copies are made',
    file: 'src/capabilities/repair/carry-out.ts',
    find: 'const leaveOut = withIdle(plan, await declinedLosses(plan, options));',
    replace: 'const leaveOut = await declinedLosses(plan, options);',
  },
  {
    name: 'a class is missing from the order of weighing',
    file: 'src/core/knowledge/failures/weigh.ts',
    find: "  'not-found',\n",
    replace: '',
  },
  {
    name: 'a name that was given on a node vouches for a copy',
    file: 'src/stages/supply/identity.ts',
    find: "return named.identity === 'different' ? named : unverified;",
    replace: 'return named;',
  },
  {
    name: 'a yes to one copy is a yes to all',
    file: 'src/core/choose/choose-copy.ts',
    find: 'options.accepted?.has(one.reference) === true && mayBeAsked(one)',
    replace: 'mayBeAsked(one)',
  },
  {
    name: 'a killed run has not written down who owned the fields',
    file: 'src/stages/apply/apply.ts',
    find: "receipts: steps.map((step) => ({ ...noted.get(step.id), step, state: 'intended', at })),",
    replace: "receipts: steps.map((step) => ({ step, state: 'intended', at })),",
  },
];
