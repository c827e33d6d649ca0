export { ChatList } from './ChatList';
export { ChatPage } from './ChatPage';
export { putDraft } from './useDraft';
