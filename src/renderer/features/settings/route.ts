import { useHashLocation } from 'wouter/use-hash-location';

export const settingsPages = ['general', 'providers', 'agents', 'search', 'data', 'about'] as const;
export type SettingsPageId = (typeof settingsPages)[number];

/** The page named by `/settings/<page>`; without one, or with an unknown one, the first. */
export const parseSettingsRoute = (path: string): SettingsPageId => settingsPages.find((page) => page === path.split('/')[2]) ?? 'general';

export const useSettingsRoute = (): SettingsPageId => parseSettingsRoute(useHashLocation()[0]);
