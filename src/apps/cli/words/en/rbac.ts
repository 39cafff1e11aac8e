/** `rbac`: roles for what somebody wants to do. */
export const rbac = {
  forWhat: (uses: string) => `say what the role is for: --plan FILE, or --for with one of ${uses}`,
  where: 'say where: one namespace with -n, or all with -A',
  written: (file: string) => `roles and bindings written to ${file}; read them, then:`,
} as const;
