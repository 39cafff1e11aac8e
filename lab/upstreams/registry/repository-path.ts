/** Whether `repository` is `prefix` or lies below it, whole parts only; every one lies below `''`. */
export function isBelow(repository: string, prefix: string): boolean {
  return prefix === '' || repository === prefix || repository.startsWith(`${prefix}/`);
}
