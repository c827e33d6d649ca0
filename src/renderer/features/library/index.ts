export { LibraryList } from './LibraryList';
export { LibraryPage } from './LibraryPage';
