import { CollectionPage } from './CollectionPage';
import { DocumentPage } from './DocumentPage';
import { useLibraryRoute } from './route';

/** The page of the section: one document, or the documents of a collection. */
export const LibraryPage = () => {
  const { documentId, collectionId } = useLibraryRoute();
  if (documentId) return <DocumentPage key={documentId} id={documentId} />;
  return <CollectionPage key={collectionId ?? ''} collectionId={collectionId} />;
};
