import { paths } from '@renderer/app/paths';
import { useHashLocation } from 'wouter/use-hash-location';

export interface LibraryRoute {
  collectionId: string | null;
  documentId: string | null;
}

/** `/library`, `/library/collections/<id>`, `/library/documents/<id>`. */
export const parseRoute = (path: string): LibraryRoute => {
  const [, , kind, id] = path.split('/');
  return { collectionId: kind === 'collections' && id ? id : null, documentId: kind === 'documents' && id ? id : null };
};

export const collectionPath = (id: string | null): string => (id ? `${paths.library()}/collections/${id}` : paths.library());

export const useLibraryRoute = (): LibraryRoute => parseRoute(useHashLocation()[0]);
