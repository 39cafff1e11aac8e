/** `VERB RESOURCE in NAMESPACE`, the resource as RBAC names it, e.g. `deployments.apps`, `pods/exec`. */
export type Permission = {
  readonly verb: string;
  readonly resource: string;
  /** Absent: in every namespace. */
  readonly namespace?: string;
  /** One object only: a role may name the objects that it is for (`resourceNames`). */
  readonly name?: string;
};
