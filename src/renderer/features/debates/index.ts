export { DebatesList } from './DebatesList';
export { DebatesPage } from './DebatesPage';
