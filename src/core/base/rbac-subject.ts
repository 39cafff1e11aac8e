const serviceAccount = /^system:serviceaccount:([^:]+):([^:]+)$/;
/** Characters that a shell leaves alone. */
const plain = /^[\w.:/@%+=,-]+$/;

/** The flag with which `kubectl create rolebinding` names a user, as the API server knows him. */
export function subjectFlag(user = 'USER'): string {
  const [, namespace, name] = serviceAccount.exec(user) ?? [];
  if (name !== undefined) return `--serviceaccount=${namespace}:${name}`;
  return `--user=${plain.test(user) ? user : `'${user.replaceAll("'", String.raw`'\''`)}'`}`;
}
