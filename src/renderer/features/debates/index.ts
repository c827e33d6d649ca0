import '@renderer/locales/debates';

export { DebatesList } from './DebatesList';
export { DebatesPage } from './DebatesPage';
