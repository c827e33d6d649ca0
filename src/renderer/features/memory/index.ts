export { MemoryList } from './MemoryList';
export { MemoryPage } from './MemoryPage';
