import { type SettingsPageId, usePlaceShown } from '@renderer/base/routes';

/** The page of the settings named in the address; the general one where none is. */
export const useSettingsPage = (): SettingsPageId => {
  const place = usePlaceShown();
  return place?.name === 'settings' ? place.page : 'general';
};
