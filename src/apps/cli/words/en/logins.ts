/** What the pull secrets of a refused image hold; names are `namespace/name`. */
export const logins = {
  none: (host: string) => `the pods name no pull secret; ${host} was asked without a login`,
  fits: (secret: string, user: string, host: string) =>
    `Secret ${secret} has a login for ${host}${user === '' ? '' : `, user ${user}`}: the registry refused it`,
  incomplete: (secret: string, user: string, host: string) =>
    `Secret ${secret} lacks ${user === '' ? 'user or password' : `the password of user ${user}`} for ${host}`,
  'other-hosts': (secret: string, hosts: string, host: string) =>
    hosts === ''
      ? `Secret ${secret} has no login at all`
      : `Secret ${secret} is for ${hosts}, not for ${host}`,
  missing: (secret: string) => `Secret ${secret} does not exist`,
  'wrong-type': (secret: string, type: string) =>
    `Secret ${secret} is of type ${type}, which the kubelet passes over; it must be kubernetes.io/dockerconfigjson`,
  broken: (secret: string) => `Secret ${secret} holds no readable .dockerconfigjson`,
  unreadable: (secret: string, namespace: string) =>
    `Secret ${secret} may not be read; the right that is missing: get secrets in ${namespace}`,
  unused: (secret: string, host: string) =>
    `Secret ${secret} has a login for ${host}, but the pods do not name it`,
  elsewhere: (namespaces: string) => `one of this name is in ${namespaces}`,
} as const;
