import { useApi } from '@renderer/base/client';
import { hrefTo, routes, usePlaceShown } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { ListGroup, ListLink } from '@renderer/ui/ListItem';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const troubled: ReadonlySet<string> = new Set(['unreachable', 'denied', 'too_many']);

/** The watched folders in the column of the library; nothing while there is none. */
export const FolderLinks = () => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const place = usePlaceShown();
  const folders = useQuery(useApi().folders.list.queryOptions()).data?.folders ?? [];
  if (folders.length === 0) return null;
  return (
    <>
      <ListGroup>{t('folders.title')}</ListGroup>
      {folders.map(({ id, name, path, documents, state }) => (
        <ListLink
          key={id}
          href={hrefTo('folder', { id })}
          icon={troubled.has(state) ? TriangleAlert : routes.folder.icon}
          current={place?.name === 'folder' && place.id === id}
          end={format.integer(documents)}
          title={path}
        >
          {name}
        </ListLink>
      ))}
    </>
  );
};
