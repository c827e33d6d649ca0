import { AttentionPage } from './AttentionPage';
import { CollectionPage } from './CollectionPage';
import { DocumentPage } from './DocumentPage';
import { useLibraryRoute } from './route';

/** The page of the section: one document, the documents of a collection, or those that need attention. */
export const LibraryPage = () => {
  const { documentId, collectionId, attention } = useLibraryRoute();
  if (documentId) return <DocumentPage key={documentId} id={documentId} />;
  if (attention) return <AttentionPage />;
  return <CollectionPage key={collectionId ?? ''} collectionId={collectionId} />;
};
