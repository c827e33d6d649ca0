export const ChatList = () => null;
