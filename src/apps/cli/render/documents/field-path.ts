/** `/spec/containers/0/image` → `spec.containers[0].image`, as kubectl writes it. */
export function fieldPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((token) =>
      /^\d+$/.test(token) ? `[${token}]` : `.${token.replaceAll('~1', '/').replaceAll('~0', '~')}`,
    )
    .join('')
    .slice(1);
}
