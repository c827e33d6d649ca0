import { usePlaceShown } from '@renderer/base/routes';
import { AttentionPage } from './AttentionPage';
import { CollectionPage } from './CollectionPage';
import { DocumentPage } from './DocumentPage';
import { FolderPage } from './FolderPage';

/** The page of the section: one document, the documents of a collection, a watched folder, or those that need attention. */
export const LibraryPage = () => {
  const place = usePlaceShown();
  if (place?.name === 'document') return <DocumentPage key={place.id} id={place.id} />;
  if (place?.name === 'folder') return <FolderPage key={place.id} id={place.id} />;
  if (place?.name === 'attention') return <AttentionPage />;
  const collectionId = place?.name === 'collection' ? place.id : null;
  return <CollectionPage key={collectionId ?? ''} collectionId={collectionId} />;
};
