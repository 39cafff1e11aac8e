/** What remedies must know beside the objects, found out before: a plan asks nobody. A remedy that needs some adds a field. */
export type PlanFacts = Readonly<Record<never, never>>;
