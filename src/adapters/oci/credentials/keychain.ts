/** What proves to a registry who asks. */
export type Credentials =
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token, as `docker login` keeps it for some registries. */
  | { readonly type: 'identity-token'; readonly token: string };

/** Where credentials come from. Asked only when a registry wants some. */
export type Keychain = {
  /** Throws PM_CREDENTIALS_UNREADABLE, PM_CREDENTIAL_HELPER. */
  readonly find: (registry: string, repository: string) => Promise<Credentials | undefined>;
};

/** Nobody in particular. */
export const anonymous: Keychain = { find: async () => undefined };

/** The credentials of the first that has some. */
export function firstOf(...keychains: readonly Keychain[]): Keychain {
  return {
    async find(registry, repository) {
      for (const keychain of keychains) {
        const found = await keychain.find(registry, repository);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
