export { ChatList } from './ChatList';
export { ChatPage } from './ChatPage';
