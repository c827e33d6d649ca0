export { SettingsList } from './SettingsList';
export { SettingsPage } from './SettingsPage';
