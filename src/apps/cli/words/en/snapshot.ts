/** What a cluster said, kept in a file. */
export const snapshot = {
  written: (file: string, objects: number) => `snapshot written to ${file}: ${objects} objects, no secrets`,
  unreadable: (kinds: string) => `not in it, for want of permission: ${kinds}`,
  read: (command: string) => `read it anywhere: ${command}`,
  takenAt: (time: string) => `snapshot of ${time}`,
} as const;
