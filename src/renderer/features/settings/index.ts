import '@renderer/locales/settings';

export { SettingsList } from './SettingsList';
export { SettingsPage } from './SettingsPage';
