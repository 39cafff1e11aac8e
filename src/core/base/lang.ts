/** The languages that every text for people exists in. */
export const languages = ['en', 'zh'] as const;

export type Lang = (typeof languages)[number];
