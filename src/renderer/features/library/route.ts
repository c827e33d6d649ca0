import { paths } from '@renderer/app/paths';
import { useHashLocation } from 'wouter/use-hash-location';

export interface LibraryRoute {
  collectionId: string | null;
  documentId: string | null;
  /** True for the page of all documents that need attention. */
  attention: boolean;
}

/** `/library`, `/library/collections/<id>`, `/library/documents/<id>`, `/library/attention`. */
export const parseRoute = (path: string): LibraryRoute => {
  const [, , kind, id] = path.split('/');
  return {
    collectionId: kind === 'collections' && id ? id : null,
    documentId: kind === 'documents' && id ? id : null,
    attention: kind === 'attention',
  };
};

export const collectionPath = (id: string | null): string => (id ? `${paths.library()}/collections/${id}` : paths.library());

export const attentionPath = `${paths.library()}/attention`;

export const useLibraryRoute = (): LibraryRoute => parseRoute(useHashLocation()[0]);
