/** `VERB RESOURCE in NAMESPACE`, the resource as RBAC names it, e.g. `deployments.apps`. */
export type Permission = {
  readonly verb: string;
  readonly resource: string;
  /** Absent: in every namespace. */
  readonly namespace?: string;
};
