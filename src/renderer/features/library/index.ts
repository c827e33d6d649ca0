import '@renderer/locales/library';

export { LibraryList } from './LibraryList';
export { LibraryPage } from './LibraryPage';
export { WebPageDialog } from './WebPageDialog';
